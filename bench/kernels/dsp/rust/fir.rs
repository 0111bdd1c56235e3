//! A finite impulse response of 512 taps, sample by sample: the sum is kept in 16 lanes, in one order everywhere.
#[macro_use]
mod frame;

use std::f64::consts::PI;

const TAPS: usize = 512;
const LANES: usize = 16;

struct Fir {
    taps: Box<[f32; TAPS]>,
    /// Twice as long, so that the last `TAPS` samples always lie in a row.
    past: Box<[f32; 2 * TAPS]>,
    at: usize,
}

impl frame::Kernel for Fir {
    fn new(sample_rate: f32) -> Self {
        let mut taps = frame::zeros::<TAPS>();
        let cutoff = (4000.0 / sample_rate) as f64;
        for (at, tap) in taps.iter_mut().enumerate() {
            let x = at as f64 - (TAPS - 1) as f64 / 2.0;
            let window = 0.5 - 0.5 * (2.0 * PI * (at as f64 + 0.5) / TAPS as f64).cos();
            *tap = (window * (2.0 * PI * cutoff * x).sin() / (PI * x)) as f32;
        }
        Fir { taps, past: frame::zeros(), at: 0 }
    }

    fn process(&mut self, input: &[f32], output: &mut [f32]) {
        let mut now = self.at % TAPS;
        for (x, y) in input.iter().zip(output) {
            self.past[now] = *x;
            self.past[now + TAPS] = *x;
            now = (now + 1) % TAPS;
            let past = &self.past[now..now + TAPS];
            let mut sums = [0f32; LANES];
            for (heard, taps) in past.chunks_exact(LANES).zip(self.taps.chunks_exact(LANES)) {
                for lane in 0..LANES {
                    sums[lane] += heard[lane] * taps[lane];
                }
            }
            let mut sum = 0f32;
            for each in sums {
                sum += each;
            }
            *y = sum;
        }
        self.at = now;
    }
}

kernel!(Fir);
