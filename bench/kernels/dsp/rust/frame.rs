//! The frame of a DSP kernel in Rust: what it exports, `wasm-plugin:abi/realtime`. A kernel is a file with a type that is a
//! `Kernel`, and `kernel!(Type)`. The same effects in C are in the folder above.

/// The state of one channel.
pub trait Kernel {
    fn new(sample_rate: f32) -> Self;
    /// Processes a block. Both slices are equally long.
    fn process(&mut self, input: &[f32], output: &mut [f32]);
}

/// Returns zeros on the heap: too many for the stack.
#[allow(dead_code)]
pub fn zeros<const COUNT: usize>() -> Box<[f32; COUNT]> {
    vec![0.0; COUNT].into_boxed_slice().try_into().unwrap()
}

/// Returns the next of a fixed series of numbers from -1 to 1.
#[allow(dead_code)]
pub fn noise(seed: &mut u32) -> f32 {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    *seed as i32 as f32 * (1.0 / 2_147_483_648.0)
}

/// `result<lane, audio-error>` as the canonical ABI lays it out: its case, padded as the error holds an f64, then the record of
/// two lists and a number.
#[repr(C)]
pub struct LaneResult {
    is_error: u64,
    inputs: *const *mut f32,
    input_count: u32,
    outputs: *const *mut f32,
    output_count: u32,
    max_frames: u32,
}

pub struct Channels<K> {
    kernels: Vec<K>,
    inputs: Vec<*mut f32>,
    outputs: Vec<*mut f32>,
    max_frames: usize,
    pub lane: LaneResult,
}

const MOST_CHANNELS: u32 = 8;

impl<K: Kernel> Channels<K> {
    pub fn new(sample_rate: f64, frames: u32, channels: u32) -> Self {
        assert!(channels <= MOST_CHANNELS && frames <= 65_536);
        let buffers = || -> Vec<*mut f32> {
            (0..channels).map(|_| Box::leak(vec![0f32; frames as usize].into_boxed_slice()).as_mut_ptr()).collect()
        };
        let (inputs, outputs) = (buffers(), buffers());
        let lane = LaneResult {
            is_error: 0,
            inputs: inputs.as_ptr(),
            input_count: channels,
            outputs: outputs.as_ptr(),
            output_count: channels,
            max_frames: frames,
        };
        let kernels = (0..channels).map(|_| K::new(sample_rate as f32)).collect();
        Channels { kernels, inputs, outputs, max_frames: frames as usize, lane }
    }

    #[inline(always)]
    pub fn process(&mut self, frames: u32) {
        let frames = (frames as usize).min(self.max_frames);
        for (at, kernel) in self.kernels.iter_mut().enumerate() {
            // Made by `new`, as long as `max_frames`, and never apart from these two.
            let (input, output) = unsafe {
                (
                    std::slice::from_raw_parts(self.inputs[at], frames),
                    std::slice::from_raw_parts_mut(self.outputs[at], frames),
                )
            };
            kernel.process(input, output);
        }
    }
}

#[macro_export]
macro_rules! kernel {
    ($kernel:ty) => {
        static mut CHANNELS: Option<Box<frame::Channels<$kernel>>> = None;

        #[export_name = "wasm-plugin:abi/realtime@0.1.0#prepare"]
        pub extern "C" fn prepare(sample_rate: f64, frames: u32, channels: u32) -> *const frame::LaneResult {
            let channels = Box::new(frame::Channels::new(sample_rate, frames, channels));
            unsafe {
                let held = &mut *std::ptr::addr_of_mut!(CHANNELS);
                &held.insert(channels).lane
            }
        }

        #[export_name = "wasm-plugin:abi/realtime@0.1.0#process-block"]
        pub extern "C" fn process_block(frames: u32) {
            if let Some(channels) = unsafe { &mut *std::ptr::addr_of_mut!(CHANNELS) } {
                channels.process(frames);
            }
        }

        /// The same without a boundary: as many blocks as asked for in one call.
        #[export_name = "process-blocks"]
        pub extern "C" fn process_blocks(frames: u32, blocks: u32) {
            if let Some(channels) = unsafe { &mut *std::ptr::addr_of_mut!(CHANNELS) } {
                for _ in 0..blocks {
                    channels.process(frames);
                }
            }
        }

        /// `prepare` takes plain numbers, and its result lies in memory of the plugin: the host allocates nothing here.
        #[export_name = "cabi_realloc"]
        pub extern "C" fn realloc(_old: *mut u8, _old_bytes: usize, _align: usize, _bytes: usize) -> *mut u8 {
            std::process::abort()
        }
    };
}
