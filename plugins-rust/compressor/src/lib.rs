//! A feed-forward compressor: peak detector over all channels, soft knee, attack and release on the reduction in
//! decibels, makeup gain, optional lookahead.

mod curve;
mod lane;
mod parameters;
mod state;

use core::cell::RefCell;

wit_bindgen::generate!({ path: "../../abi/wit", world: "audio-effect", generate_all });

use exports::wasm_plugin::abi::{lifecycle, processor, realtime, state as saved_state};
use lane::{Lane, MAX_CHANNELS};
use parameters::{LOOKAHEAD, REDUCTION, SPECS, Values};
use wasm_plugin::abi::audio_types::{AudioError, Descriptor, Direction, Port, Setup};
use wasm_plugin::abi::config::Setting;
use wasm_plugin::abi::log::{Level, log};

const MAX_FRAMES: u32 = 65_536;

/// The one plugin of this instance.
#[derive(Default)]
struct Plugin {
    values: Values,
    lane: Option<Lane>,
}

thread_local! {
    static PLUGIN: RefCell<Plugin> = RefCell::default();
}

fn with<T>(work: impl FnOnce(&mut Plugin) -> T) -> T {
    PLUGIN.with_borrow_mut(work)
}

impl Plugin {
    fn prepare(&mut self, setup: Setup) -> Result<&Lane, AudioError> {
        let refuse = |text: &str| Err(AudioError::UnsupportedSetup(text.into()));
        if !(setup.sample_rate_hz >= 8000.0 && setup.sample_rate_hz <= 768_000.0) {
            return refuse("the sample rate must be 8000 to 768000 Hz");
        }
        if setup.max_frames == 0 || setup.max_frames > MAX_FRAMES {
            return refuse("a block must have 1 to 65536 frames");
        }
        if setup.channels == 0 || setup.channels > MAX_CHANNELS {
            return refuse("there must be 1 to 8 channels");
        }
        Ok(self.lane.insert(Lane::new(setup, &self.values)))
    }

    fn set(&mut self, id: u32, value: f64) -> Result<(), AudioError> {
        self.values.set(id, value)?;
        if let Some(lane) = &mut self.lane {
            lane.take(&self.values);
        }
        Ok(())
    }

    /// Takes settings named like parameters, all or none.
    fn take_settings(&mut self, settings: Vec<Setting>) -> Result<(), String> {
        let mut values = self.values;
        for Setting { key, value } in settings {
            let Some(id) = SPECS.iter().position(|spec| spec.key == key) else { continue };
            let number = value.parse().map_err(|_| format!("{key} must be a number, it is \"{value}\""))?;
            values.set(id as u32, number).map_err(|_| format!("{key} cannot be {value}"))?;
        }
        self.values = values;
        if let Some(lane) = &mut self.lane {
            lane.take(&self.values);
        }
        Ok(())
    }
}

struct Compressor;

impl lifecycle::Guest for Compressor {
    fn init(settings: Vec<Setting>) -> Result<(), String> {
        with(|plugin| plugin.take_settings(settings))?;
        log(Level::Debug, "compressor is ready");
        Ok(())
    }

    fn health() -> Result<(), String> {
        let sound = with(|plugin| plugin.lane.as_ref().is_none_or(|lane| lane.past.reduction_db.is_finite()));
        if sound { Ok(()) } else { Err("the envelope is not a number".into()) }
    }

    fn configure(settings: Vec<Setting>) -> Result<(), String> {
        with(|plugin| plugin.take_settings(settings))
    }
}

impl saved_state::Guest for Compressor {
    fn schema() -> u32 {
        state::SCHEMA
    }

    fn serialize() -> Result<Vec<u8>, String> {
        Ok(with(|plugin| state::encode(&plugin.values, plugin.lane.as_ref())))
    }

    fn restore(bytes: Vec<u8>, schema: u32, _version: String) -> Result<(), String> {
        if schema != state::SCHEMA {
            return Err(format!("the state has schema {schema}, this plugin reads schema {}", state::SCHEMA));
        }
        let saved = state::decode(&bytes)?;
        with(|plugin| {
            plugin.values = saved.values;
            let Some(lane) = &mut plugin.lane else { return };
            lane.take(&plugin.values);
            match saved.audio {
                Some(audio) => audio.apply(lane),
                None => lane.reset(),
            }
        });
        Ok(())
    }
}

impl processor::Guest for Compressor {
    fn describe() -> Descriptor {
        let port = |direction| Port { name: "main".into(), direction, channels: MAX_CHANNELS };
        Descriptor {
            name: "Compressor".into(),
            ports: vec![port(Direction::Input), port(Direction::Output)],
            parameters: parameters::describe(),
            latency_frames: with(|plugin| match &plugin.lane {
                Some(lane) => lane.lookahead(),
                None => (plugin.values.0[LOOKAHEAD] * 48.0).round() as u32,
            }),
        }
    }

    fn prepare(setup: Setup) -> Result<(), AudioError> {
        with(|plugin| plugin.prepare(setup).map(|_| ()))
    }

    fn set_parameter(id: u32, value: f64) -> Result<(), AudioError> {
        with(|plugin| plugin.set(id, value))
    }

    fn get_parameter(id: u32) -> Result<f64, AudioError> {
        with(|plugin| match id as usize {
            REDUCTION => Ok(plugin.lane.as_ref().map_or(0.0, |lane| f64::from(lane.past.reduction_db))),
            index => plugin.values.0.get(index).copied().ok_or(AudioError::UnknownParameter(id)),
        })
    }

    fn reset() {
        with(|plugin| plugin.lane.as_mut().map(Lane::reset));
    }

    fn process(inputs: Vec<Vec<f32>>) -> Vec<Vec<f32>> {
        with(|plugin| {
            let Some(lane) = &mut plugin.lane else { return Vec::new() };
            let frames = inputs.first().map_or(0, Vec::len);
            let fits =
                inputs.len() == lane.inputs.len() && inputs.iter().all(|channel| channel.len() == frames);
            if !fits || frames > lane.setup.max_frames as usize {
                return Vec::new();
            }
            for (buffer, channel) in lane.inputs.iter_mut().zip(&inputs) {
                buffer[..frames].copy_from_slice(channel);
            }
            lane.process(frames);
            lane.outputs.iter().map(|channel| channel[..frames].to_vec()).collect()
        })
    }
}

impl realtime::Guest for Compressor {
    fn prepare(setup: Setup) -> Result<realtime::Lane, AudioError> {
        let addresses =
            |buffers: &[Vec<f32>]| buffers.iter().map(|buffer| buffer.as_ptr() as usize as u32).collect();
        with(|plugin| {
            let lane = plugin.prepare(setup)?;
            Ok(realtime::Lane {
                inputs: addresses(&lane.inputs),
                outputs: addresses(&lane.outputs),
                max_frames: lane.setup.max_frames,
            })
        })
    }

    fn process_block(frames: u32) {
        with(|plugin| {
            if let Some(lane) = &mut plugin.lane {
                lane.process(frames as usize);
            }
        });
    }
}

export!(Compressor);
