use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

pub use crate::bindings::wasm_plugin::abi::audio_types::{
    Descriptor, Direction, Parameter, ParameterFlags, Port, Setup,
};

use crate::Plugin;
use crate::bindings::exports::wasm_plugin::abi::realtime;
use crate::bindings::wasm_plugin::abi::audio_types::AudioError;

const MOST_FRAMES: u32 = 65_536;
const MOST_CHANNELS: u32 = 64;

/// A plugin that turns audio into audio.
pub trait AudioEffect: Plugin {
    /// Returns what the plugin is. The same until the next `prepare`.
    fn describe(&self) -> Descriptor;

    /// Gets ready for blocks of this kind and forgets the audio of the past. The error is a text for people.
    fn prepare(&mut self, setup: &Setup) -> Result<(), String>;

    /// Sets a parameter: one of `describe`, to a value in its range.
    fn set_parameter(&mut self, id: u32, value: f64);

    /// Returns the value of a parameter: one of `describe`.
    fn parameter(&self, id: u32) -> f64;

    /// Forgets the audio of the past.
    fn reset(&mut self) {}

    /// Processes a block. Realtime: it must not allocate.
    fn process(&mut self, block: &mut Block<'_>);
}

/// Returns the ports of an effect with one main input and output of as many channels as it is prepared for, up to `channels`.
pub fn stereo(channels: u32) -> Vec<Port> {
    let port = |direction| Port { name: "main".to_string(), direction, channels };
    vec![port(Direction::Input), port(Direction::Output)]
}

/// One block of audio: as many input as output channels, all equally long.
pub struct Block<'a> {
    inputs: &'a [Vec<f32>],
    outputs: &'a mut [Vec<f32>],
    frames: usize,
}

impl Block<'_> {
    pub fn frames(&self) -> usize {
        self.frames
    }

    /// Goes through the channels: each is its input and its output.
    pub fn channels(&mut self) -> impl Iterator<Item = (&[f32], &mut [f32])> {
        let frames = self.frames;
        let inputs = self.inputs.iter().map(move |input| &input[..frames]);
        inputs.zip(self.outputs.iter_mut().map(move |output| &mut output[..frames]))
    }
}

/// A plugin and the buffers of its setup, which do not move until the next `prepare`.
pub struct Effect<P> {
    pub plugin: P,
    lane: Option<Lane>,
    parameters: Vec<(u32, f64, f64, bool)>,
}

struct Lane {
    inputs: Vec<Vec<f32>>,
    outputs: Vec<Vec<f32>>,
    max_frames: u32,
}

impl<P: AudioEffect> Effect<P> {
    pub fn new(plugin: P) -> Self {
        let described = plugin.describe().parameters;
        let parameters = described
            .iter()
            .map(|each| (each.id, each.min, each.max, each.flags.contains(ParameterFlags::READ_ONLY)))
            .collect();
        Effect { plugin, lane: None, parameters }
    }

    pub fn prepare(&mut self, setup: Setup) -> Result<(), AudioError> {
        let sane = setup.sample_rate_hz.is_finite()
            && setup.sample_rate_hz > 0.0
            && (1..=MOST_FRAMES).contains(&setup.max_frames)
            && (1..=MOST_CHANNELS).contains(&setup.channels);
        if !sane {
            return Err(AudioError::UnsupportedSetup("wanted 1 to 65536 frames and 1 to 64 channels".to_string()));
        }
        self.plugin.prepare(&setup).map_err(AudioError::UnsupportedSetup)?;
        let buffers = || vec![vec![0.0; setup.max_frames as usize]; setup.channels as usize];
        self.lane = Some(Lane { inputs: buffers(), outputs: buffers(), max_frames: setup.max_frames });
        Ok(())
    }

    /// Prepares, and says where the buffers are.
    pub fn open(&mut self, setup: Setup) -> Result<realtime::Lane, AudioError> {
        self.prepare(setup)?;
        let addresses =
            |buffers: &[Vec<f32>]| buffers.iter().map(|buffer| buffer.as_ptr() as usize as u32).collect();
        match &self.lane {
            Some(lane) => Ok(realtime::Lane {
                inputs: addresses(&lane.inputs),
                outputs: addresses(&lane.outputs),
                max_frames: lane.max_frames,
            }),
            None => Err(AudioError::UnsupportedSetup(String::new())),
        }
    }

    pub fn set_parameter(&mut self, id: u32, value: f64) -> Result<(), AudioError> {
        let Some(&(_, min, max, read_only)) = self.parameters.iter().find(|each| each.0 == id) else {
            return Err(AudioError::UnknownParameter(id));
        };
        if read_only || !(value >= min && value <= max) {
            return Err(AudioError::InvalidValue(value));
        }
        self.plugin.set_parameter(id, value);
        Ok(())
    }

    pub fn parameter(&self, id: u32) -> Result<f64, AudioError> {
        match self.parameters.iter().any(|each| each.0 == id) {
            true => Ok(self.plugin.parameter(id)),
            false => Err(AudioError::UnknownParameter(id)),
        }
    }

    pub fn process_block(&mut self, frames: u32) {
        let Some(lane) = &mut self.lane else { return };
        let frames = frames.min(lane.max_frames) as usize;
        self.plugin.process(&mut Block { inputs: &lane.inputs, outputs: &mut lane.outputs, frames });
    }

    pub fn process(&mut self, mut blocks: Vec<Vec<f32>>) -> Vec<Vec<f32>> {
        let Some(lane) = &mut self.lane else { return Vec::new() };
        let frames = blocks.first().map_or(0, Vec::len);
        let fits = blocks.len() == lane.inputs.len() && blocks.iter().all(|each| each.len() == frames);
        if !fits || frames > lane.max_frames as usize {
            return Vec::new();
        }
        for (buffer, channel) in lane.inputs.iter_mut().zip(&blocks) {
            buffer[..frames].copy_from_slice(channel);
        }
        self.process_block(frames as u32);
        let Some(lane) = &self.lane else { return Vec::new() };
        for (channel, buffer) in blocks.iter_mut().zip(&lane.outputs) {
            channel.copy_from_slice(&buffer[..frames]);
        }
        blocks
    }
}
