//! The native twin of plugins-rust/compressor: the same sound and the same states, from the same files, behind
//! `wasm_plugin.h`. `rustc --crate-type cdylib --edition 2024 -C opt-level=3 -C panic=abort lib.rs`

mod abi;
#[path = "../../../plugins-rust/compressor/src/curve.rs"]
mod curve;
#[path = "../../../plugins-rust/compressor/src/lane.rs"]
mod lane;
#[path = "../../../plugins-rust/compressor/src/parameters.rs"]
mod parameters;
#[path = "../../../plugins-rust/compressor/src/state.rs"]
mod state;
mod types;

/// Module in which the shared files find the items of the component's bindings.
pub mod wasm_plugin {
    pub mod abi {
        pub mod audio_types {
            pub use crate::types::{Parameter, ParameterFlags, Setup};
        }
    }
}
pub mod exports {
    pub mod wasm_plugin {
        pub mod abi {
            pub mod processor {
                pub use crate::types::AudioError;
            }
        }
    }
}

use core::ffi::{CStr, c_char};
use std::ffi::CString;

use abi::{Api, Block, Descriptor, Host, Settings, State, Value};
use lane::{Lane, MAX_CHANNELS};
use parameters::{LOOKAHEAD, REDUCTION, SPECS, Values};
use types::{AudioError, Setup};

const MAX_FRAMES: u32 = 65_536;

pub struct Plugin {
    host: *const Host,
    values: Values,
    lane: Option<Lane>,
    error: CString,
    saved: Vec<u8>,
    described: Option<Box<Described>>,
}

/// A descriptor with the texts that it points to.
struct Described {
    descriptor: Descriptor,
    _texts: Vec<CString>,
    _parameters: Vec<abi::Parameter>,
    _ports: [abi::Port; 2],
}

impl Plugin {
    fn fail(&mut self, status: i32, text: &str) -> i32 {
        self.error = CString::new(text.replace('\0', " ")).unwrap_or_default();
        status
    }

    fn refuse(&mut self, error: AudioError) -> i32 {
        match error {
            AudioError::UnsupportedSetup(text) => self.fail(abi::UNSUPPORTED_SETUP, &text),
            AudioError::UnknownParameter(_) => abi::UNKNOWN_PARAMETER,
            AudioError::InvalidValue(_) => abi::INVALID_VALUE,
        }
    }

    /// Takes settings named like parameters, all or none.
    fn take_settings(&mut self, settings: &[abi::Setting]) -> Result<(), String> {
        let mut values = self.values;
        for setting in settings {
            let (key, value) = unsafe { (text(setting.key), text(setting.value)) };
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

unsafe fn text(pointer: *const c_char) -> String {
    unsafe { CStr::from_ptr(pointer) }.to_string_lossy().into_owned()
}

unsafe extern "C" fn create(host: *const Host) -> *mut Plugin {
    Box::into_raw(Box::new(Plugin {
        host,
        values: Values::default(),
        lane: None,
        error: CString::default(),
        saved: Vec::new(),
        described: None,
    }))
}

unsafe extern "C" fn destroy(plugin: *mut Plugin) {
    drop(unsafe { Box::from_raw(plugin) });
}

unsafe extern "C" fn error(plugin: *mut Plugin) -> *const c_char {
    unsafe { &*plugin }.error.as_ptr()
}

unsafe extern "C" fn configure(plugin: *mut Plugin, settings: *const Settings) -> i32 {
    let plugin = unsafe { &mut *plugin };
    let Settings { count, settings, .. } = unsafe { &*settings };
    let list =
        if *count == 0 { &[] } else { unsafe { core::slice::from_raw_parts(*settings, *count as usize) } };
    match plugin.take_settings(list) {
        Ok(()) => abi::OK,
        Err(text) => plugin.fail(abi::FAILED, &text),
    }
}

unsafe extern "C" fn init(plugin: *mut Plugin, settings: *const Settings) -> i32 {
    let status = unsafe { configure(plugin, settings) };
    if status == abi::OK {
        let host = unsafe { &*(*plugin).host };
        (host.log)(host.data, abi::DEBUG, c"compressor is ready".as_ptr());
    }
    status
}

unsafe extern "C" fn health(plugin: *mut Plugin) -> i32 {
    let plugin = unsafe { &mut *plugin };
    if plugin.lane.as_ref().is_none_or(|lane| lane.past.reduction_db.is_finite()) {
        return abi::OK;
    }
    plugin.fail(abi::FAILED, "the envelope is not a number")
}

unsafe extern "C" fn schema(_plugin: *mut Plugin) -> u32 {
    state::SCHEMA
}

unsafe extern "C" fn serialize(plugin: *mut Plugin, state: *mut State) -> i32 {
    let (plugin, state) = unsafe { (&mut *plugin, &mut *state) };
    plugin.saved = state::encode(&plugin.values, plugin.lane.as_ref());
    state.data = plugin.saved.as_ptr();
    state.size = plugin.saved.len() as u64;
    abi::OK
}

unsafe extern "C" fn restore(plugin: *mut Plugin, given: *const State) -> i32 {
    let (plugin, given) = unsafe { (&mut *plugin, &*given) };
    if given.schema != state::SCHEMA {
        let text =
            format!("the state has schema {}, this plugin reads schema {}", given.schema, state::SCHEMA);
        return plugin.fail(abi::FAILED, &text);
    }
    let bytes = unsafe { core::slice::from_raw_parts(given.data, given.size as usize) };
    let saved = match state::decode(bytes) {
        Ok(saved) => saved,
        Err(text) => return plugin.fail(abi::FAILED, &text),
    };
    plugin.values = saved.values;
    if let Some(lane) = &mut plugin.lane {
        lane.take(&plugin.values);
        match saved.audio {
            Some(audio) => audio.apply(lane),
            None => lane.reset(),
        }
    }
    abi::OK
}

unsafe extern "C" fn describe(plugin: *mut Plugin) -> *const Descriptor {
    let plugin = unsafe { &mut *plugin };
    let latency_frames = match &plugin.lane {
        Some(lane) => lane.lookahead(),
        None => (plugin.values.0[LOOKAHEAD] * 48.0).round() as u32,
    };
    let mut texts = Vec::new();
    let mut keep = |text: &str| {
        texts.push(CString::new(text).unwrap_or_default());
        texts[texts.len() - 1].as_ptr()
    };
    let parameters: Vec<abi::Parameter> = parameters::describe()
        .iter()
        .map(|parameter| abi::Parameter {
            id: parameter.id,
            flags: parameter.flags.0,
            name: keep(&parameter.name),
            unit: keep(&parameter.unit),
            min: parameter.min,
            max: parameter.max,
            default: parameter.default,
            choices: core::ptr::null(),
            choice_count: parameter.choices.len() as u32,
            reserved: 0,
        })
        .collect();
    let name = keep("Compressor");
    let main = keep("main");
    let ports = [0, 1].map(|direction| abi::Port { name: main, direction, channels: MAX_CHANNELS });
    let described = plugin.described.insert(Box::new(Described {
        descriptor: Descriptor {
            name,
            ports: core::ptr::null(),
            parameters: parameters.as_ptr(),
            port_count: 2,
            parameter_count: parameters.len() as u32,
            latency_frames,
            reserved: 0,
        },
        _texts: texts,
        _parameters: parameters,
        _ports: ports,
    }));
    described.descriptor.ports = described._ports.as_ptr();
    &described.descriptor
}

unsafe extern "C" fn prepare(plugin: *mut Plugin, setup: *const Setup) -> i32 {
    let (plugin, setup) = unsafe { (&mut *plugin, *setup) };
    let problem = if !(setup.sample_rate_hz >= 8000.0 && setup.sample_rate_hz <= 768_000.0) {
        "the sample rate must be 8000 to 768000 Hz"
    } else if setup.max_frames == 0 || setup.max_frames > MAX_FRAMES {
        "a block must have 1 to 65536 frames"
    } else if setup.channels == 0 || setup.channels > MAX_CHANNELS {
        "there must be 1 to 8 channels"
    } else {
        plugin.lane = Some(Lane::new(setup, &plugin.values));
        return abi::OK;
    };
    plugin.refuse(AudioError::UnsupportedSetup(problem.into()))
}

unsafe extern "C" fn set_parameter(plugin: *mut Plugin, value: *const Value) -> i32 {
    let (plugin, value) = unsafe { (&mut *plugin, &*value) };
    if let Err(error) = plugin.values.set(value.id, value.value) {
        return plugin.refuse(error);
    }
    if let Some(lane) = &mut plugin.lane {
        lane.take(&plugin.values);
    }
    abi::OK
}

unsafe extern "C" fn get_parameter(plugin: *mut Plugin, value: *mut Value) -> i32 {
    let (plugin, value) = unsafe { (&mut *plugin, &mut *value) };
    value.value = match value.id as usize {
        REDUCTION => plugin.lane.as_ref().map_or(0.0, |lane| f64::from(lane.past.reduction_db)),
        index => match plugin.values.0.get(index) {
            Some(value) => *value,
            None => return abi::UNKNOWN_PARAMETER,
        },
    };
    abi::OK
}

unsafe extern "C" fn reset(plugin: *mut Plugin) -> i32 {
    if let Some(lane) = &mut unsafe { &mut *plugin }.lane {
        lane.reset();
    }
    abi::OK
}

unsafe extern "C" fn process(plugin: *mut Plugin, block: *const Block) -> i32 {
    let (plugin, block) = unsafe { (&mut *plugin, &*block) };
    let Some(lane) = &mut plugin.lane else { return abi::FAILED };
    let frames = block.frames as usize;
    for (channel, buffer) in lane.inputs.iter_mut().enumerate() {
        let samples = unsafe { core::slice::from_raw_parts(*block.inputs.add(channel), frames) };
        buffer[..frames].copy_from_slice(samples);
    }
    lane.process(frames);
    for (channel, buffer) in lane.outputs.iter().enumerate() {
        let samples = unsafe { core::slice::from_raw_parts_mut(*block.outputs.add(channel), frames) };
        samples.copy_from_slice(&buffer[..frames]);
    }
    abi::OK
}

static API: Api<Plugin, Setup> = Api {
    abi: 1,
    size: size_of::<Api<Plugin, Setup>>() as u32,
    create,
    destroy,
    error,
    init,
    health,
    configure,
    start: None,
    stop: None,
    schema,
    serialize,
    restore,
    describe,
    prepare,
    set_parameter,
    get_parameter,
    reset,
    process,
};

#[unsafe(no_mangle)]
pub extern "C" fn wasm_plugin_entry() -> *const Api<Plugin, Setup> {
    &API
}
