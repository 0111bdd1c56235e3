//! The structures of `wasm_plugin.h` that this plugin needs.

use core::ffi::{c_char, c_void};

#[repr(C)]
pub struct Host {
    pub size: u32,
    pub reserved: u32,
    pub data: *mut c_void,
    pub log: extern "C" fn(data: *mut c_void, level: u32, message: *const c_char),
    pub config: extern "C" fn(data: *mut c_void, key: *const c_char) -> *const c_char,
}

#[repr(C)]
pub struct Setting {
    pub key: *const c_char,
    pub value: *const c_char,
}

#[repr(C)]
pub struct Settings {
    pub count: u32,
    pub reserved: u32,
    pub settings: *const Setting,
}

#[repr(C)]
pub struct State {
    pub data: *const u8,
    pub size: u64,
    pub version: *const c_char,
    pub schema: u32,
    pub reserved: u32,
}

#[repr(C)]
pub struct Port {
    pub name: *const c_char,
    pub direction: u32,
    pub channels: u32,
}

#[repr(C)]
pub struct Parameter {
    pub id: u32,
    pub flags: u32,
    pub name: *const c_char,
    pub unit: *const c_char,
    pub min: f64,
    pub max: f64,
    pub default: f64,
    pub choices: *const *const c_char,
    pub choice_count: u32,
    pub reserved: u32,
}

#[repr(C)]
pub struct Descriptor {
    pub name: *const c_char,
    pub ports: *const Port,
    pub parameters: *const Parameter,
    pub port_count: u32,
    pub parameter_count: u32,
    pub latency_frames: u32,
    pub reserved: u32,
}

#[repr(C)]
pub struct Value {
    pub value: f64,
    pub id: u32,
    pub reserved: u32,
}

#[repr(C)]
pub struct Block {
    pub inputs: *const *mut f32,
    pub outputs: *const *mut f32,
    pub channels: u32,
    pub frames: u32,
}

/// The table of functions: `Plugin` is the instance that they take.
#[repr(C)]
pub struct Api<Plugin, Setup> {
    pub abi: u32,
    pub size: u32,
    pub create: unsafe extern "C" fn(*const Host) -> *mut Plugin,
    pub destroy: unsafe extern "C" fn(*mut Plugin),
    pub error: unsafe extern "C" fn(*mut Plugin) -> *const c_char,
    pub init: unsafe extern "C" fn(*mut Plugin, *const Settings) -> i32,
    pub health: unsafe extern "C" fn(*mut Plugin) -> i32,
    pub configure: unsafe extern "C" fn(*mut Plugin, *const Settings) -> i32,
    pub start: Option<unsafe extern "C" fn(*mut Plugin) -> i32>,
    pub stop: Option<unsafe extern "C" fn(*mut Plugin) -> i32>,
    pub schema: unsafe extern "C" fn(*mut Plugin) -> u32,
    pub serialize: unsafe extern "C" fn(*mut Plugin, *mut State) -> i32,
    pub restore: unsafe extern "C" fn(*mut Plugin, *const State) -> i32,
    pub describe: unsafe extern "C" fn(*mut Plugin) -> *const Descriptor,
    pub prepare: unsafe extern "C" fn(*mut Plugin, *const Setup) -> i32,
    pub set_parameter: unsafe extern "C" fn(*mut Plugin, *const Value) -> i32,
    pub get_parameter: unsafe extern "C" fn(*mut Plugin, *mut Value) -> i32,
    pub reset: unsafe extern "C" fn(*mut Plugin) -> i32,
    pub process: unsafe extern "C" fn(*mut Plugin, *const Block) -> i32,
}

pub const OK: i32 = 0;
pub const FAILED: i32 = 1;
pub const UNSUPPORTED_SETUP: i32 = 2;
pub const UNKNOWN_PARAMETER: i32 = 3;
pub const INVALID_VALUE: i32 = 4;
pub const DEBUG: u32 = 1;
