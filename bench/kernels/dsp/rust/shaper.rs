//! A soft clipper at four times the sample rate: up, tanh, down, with polyphase filters of 64 taps.
#[macro_use]
mod frame;

use std::f64::consts::PI;

const RATIO: usize = 4;
const TAPS: usize = 64;
const PHASE: usize = TAPS / RATIO;

struct Shaper {
    /// Taps of each phase, last first.
    up: [[f32; PHASE]; RATIO],
    down: [f32; TAPS],
    /// Twice as long, so that the newest samples always lie in a row.
    before: [f32; 2 * PHASE],
    shaped: [f32; 2 * TAPS],
    at: usize,
}

impl frame::Kernel for Shaper {
    fn new(_sample_rate: f32) -> Self {
        let taps: [f64; TAPS] = std::array::from_fn(|at| {
            let x = at as f64 - (TAPS - 1) as f64 / 2.0;
            let place = (at as f64 + 0.5) / TAPS as f64;
            let window = 0.42 - 0.5 * (2.0 * PI * place).cos() + 0.08 * (4.0 * PI * place).cos();
            window * (0.9 * PI * x / RATIO as f64).sin() / x
        });
        let total: f64 = taps.iter().sum();
        let mut up = [[0f32; PHASE]; RATIO];
        for (at, tap) in taps.iter().enumerate() {
            up[at % RATIO][PHASE - 1 - at / RATIO] = (tap * RATIO as f64 / total) as f32;
        }
        Shaper {
            up,
            down: std::array::from_fn(|at| (taps[TAPS - 1 - at] / total) as f32),
            before: [0.0; 2 * PHASE],
            shaped: [0.0; 2 * TAPS],
            at: 0,
        }
    }

    fn process(&mut self, input: &[f32], output: &mut [f32]) {
        let mut now = self.at;
        for (x, y) in input.iter().zip(output) {
            let slot = now % PHASE;
            self.before[slot] = *x;
            self.before[slot + PHASE] = *x;
            let before = &self.before[slot + 1..slot + 1 + PHASE];
            for (phase, taps) in self.up.iter().enumerate() {
                let mut sum = 0f32;
                for (heard, tap) in before.iter().zip(taps) {
                    sum += heard * tap;
                }
                let place = slot * RATIO + phase;
                let shaped = (2.0 * sum).tanh();
                self.shaped[place] = shaped;
                self.shaped[place + TAPS] = shaped;
            }
            now = now.wrapping_add(1);
            let from = now % PHASE * RATIO;
            let mut sum = 0f32;
            for (shaped, tap) in self.shaped[from..from + TAPS].iter().zip(&self.down) {
                sum += shaped * tap;
            }
            *y = sum * 0.5;
        }
        self.at = now;
    }
}

kernel!(Shaper);
