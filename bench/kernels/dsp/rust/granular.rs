//! A delay that answers in grains: sixteen windowed pieces of the last second, each at a place and pitch of its own.
#[macro_use]
mod frame;

use std::f64::consts::PI;

const GRAINS: usize = 16;
const LONGEST: usize = 262_144;
const WINDOW: usize = 1024;
/// Places count in parts of a sample, ages in parts of a step of the window: whole numbers, as a phase accumulator has.
const PARTS: u32 = 4096;

#[derive(Clone, Copy, Default)]
struct Grain {
    /// Distance behind the newest sample at which it reads, and the change of that.
    distance: u32,
    drift: u32,
    age: u32,
    pace: u32,
}

struct Granular {
    grains: [Grain; GRAINS],
    window: Box<[f32; WINDOW + 1]>,
    past: Box<[f32; LONGEST]>,
    sample_rate: f32,
    seed: u32,
    at: usize,
}

fn begin(second: f32, seed: &mut u32) -> Grain {
    Grain {
        distance: (second * (0.3 + 0.25 * frame::noise(seed)) * PARTS as f32) as u32,
        drift: (0.02 * frame::noise(seed) * PARTS as f32) as i32 as u32,
        age: 0,
        pace: (WINDOW as f32 / (second * (0.08 + 0.03 * frame::noise(seed))) * PARTS as f32) as u32,
    }
}

/// Adds what a grain sounds like, up to its end.
fn sound(past: &[f32; LONGEST], window: &[f32; WINDOW + 1], grain: &mut Grain, start: usize, output: &mut [f32]) {
    let Grain { mut distance, drift, mut age, pace } = *grain;
    for (at, y) in output.iter_mut().enumerate() {
        let from = start.wrapping_add(at).wrapping_sub((distance / PARTS) as usize);
        let part = (distance % PARTS) as i32 as f32 * (1.0 / PARTS as f32);
        let (newer, older) = (past[from % LONGEST], past[from.wrapping_sub(1) % LONGEST]);
        *y += (newer + part * (older - newer)) * window[((age / PARTS) as usize).min(WINDOW)] * (1.0 / 6.0);
        distance = distance.wrapping_add(drift);
        age = age.wrapping_add(pace);
    }
    grain.distance = distance;
    grain.age = age;
}

impl frame::Kernel for Granular {
    fn new(sample_rate: f32) -> Self {
        let mut window = frame::zeros::<{ WINDOW + 1 }>();
        for (at, each) in window.iter_mut().enumerate() {
            *each = (0.5 - 0.5 * (2.0 * PI * at as f64 / WINDOW as f64).cos()) as f32;
        }
        let mut seed = 1;
        let grains = std::array::from_fn(|at| Grain {
            age: (at * WINDOW / GRAINS) as u32 * PARTS,
            ..begin(sample_rate, &mut seed)
        });
        Granular { grains, window, past: frame::zeros(), sample_rate, seed, at: 0 }
    }

    fn process(&mut self, input: &[f32], output: &mut [f32]) {
        let start = self.at;
        for (at, (x, y)) in input.iter().zip(output.iter_mut()).enumerate() {
            self.past[start.wrapping_add(at) % LONGEST] = *x;
            *y = x * 0.6;
        }
        for grain in &mut self.grains {
            let mut frame = 0;
            while frame < output.len() {
                let left = ((WINDOW as u32 * PARTS - grain.age + grain.pace - 1) / grain.pace) as usize;
                let count = (output.len() - frame).min(left);
                let part = &mut output[frame..frame + count];
                sound(&self.past, &self.window, grain, start.wrapping_add(frame), part);
                frame += count;
                if count == left {
                    *grain = begin(self.sample_rate, &mut self.seed);
                }
            }
        }
        self.at = start.wrapping_add(input.len());
    }
}

kernel!(Granular);
