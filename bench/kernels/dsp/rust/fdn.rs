//! A reverb of eight delay lines that feed each other through a Householder matrix, with a damped treble.
#[macro_use]
mod frame;

const LINES: usize = 8;
const LONGEST: usize = 16_384;

struct Fdn {
    lengths: [usize; LINES],
    gains: [f32; LINES],
    damped: [f32; LINES],
    lines: [Box<[f32; LONGEST]>; LINES],
    at: usize,
}

impl frame::Kernel for Fdn {
    fn new(sample_rate: f32) -> Self {
        let rate = sample_rate as f64;
        let primes = [1031, 1327, 1523, 1801, 2053, 2311, 2503, 2803];
        let lengths = primes.map(|prime| (prime as f64 * rate / 48_000.0) as usize);
        Fdn {
            lengths,
            gains: lengths.map(|length| 0.001f64.powf(length as f64 / (1.8 * rate)) as f32),
            damped: [0.0; LINES],
            lines: std::array::from_fn(|_| frame::zeros()),
            at: 0,
        }
    }

    fn process(&mut self, input: &[f32], output: &mut [f32]) {
        let mut now = self.at;
        let mut damped = self.damped;
        for (x, y) in input.iter().zip(output) {
            let mut sum = 0f32;
            for line in 0..LINES {
                let heard = self.lines[line][now.wrapping_sub(self.lengths[line]) % LONGEST];
                damped[line] += 0.6 * (heard * self.gains[line] - damped[line]);
                sum += damped[line];
            }
            let fed = x * 0.35 - sum * (2.0 / LINES as f32);
            for line in 0..LINES {
                self.lines[line][now % LONGEST] = damped[line] + fed;
            }
            *y = x * 0.7 + sum * 0.3;
            now = now.wrapping_add(1);
        }
        self.damped = damped;
        self.at = now;
    }
}

kernel!(Fdn);
