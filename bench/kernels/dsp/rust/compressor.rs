//! A compressor that looks 5 ms ahead and works on decibels: a logarithm and a power for each sample.
#[macro_use]
mod frame;

const LONGEST: usize = 1024;
const THRESHOLD: f32 = -3.0;
const SLOPE: f32 = 0.75;

struct Compressor {
    ahead: Box<[f32; LONGEST]>,
    delay: usize,
    at: usize,
    attack: f32,
    release: f32,
    /// The gain reduction now, in powers of two.
    reduction: f32,
}

impl frame::Kernel for Compressor {
    fn new(sample_rate: f32) -> Self {
        let rate = sample_rate as f64;
        Compressor {
            ahead: frame::zeros(),
            delay: (0.005 * rate) as usize,
            at: 0,
            attack: (-1.0 / (0.002 * rate)).exp() as f32,
            release: (-1.0 / (0.12 * rate)).exp() as f32,
            reduction: 0.0,
        }
    }

    fn process(&mut self, input: &[f32], output: &mut [f32]) {
        let mut reduction = self.reduction;
        let mut now = self.at;
        for (x, y) in input.iter().zip(output) {
            let over = (x.abs() + 1e-6).log2() - THRESHOLD;
            let wanted = if over > 0.0 { -over * SLOPE } else { 0.0 };
            let pace = if wanted < reduction { self.attack } else { self.release };
            reduction = wanted + pace * (reduction - wanted);
            self.ahead[now % LONGEST] = *x;
            *y = self.ahead[now.wrapping_sub(self.delay) % LONGEST] * reduction.exp2();
            now = now.wrapping_add(1);
        }
        self.reduction = reduction;
        self.at = now;
    }
}

kernel!(Compressor);
