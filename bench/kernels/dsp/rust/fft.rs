//! A spectral gate: 1,024-point FFT there and back every 128 samples, windowed, added up. The output lags by 1,024.
mod fourier;
#[macro_use]
mod frame;

use std::f64::consts::PI;

const POINTS: usize = 1024;
const HOP: usize = 128;
/// Eight Hann windows squared that overlap add up to three.
const SCALE: f32 = 1.0 / (3 * POINTS) as f32;

struct Gate {
    fourier: fourier::Fourier,
    window: Box<[f32; POINTS]>,
    past: Box<[f32; POINTS]>,
    sum: Box<[f32; POINTS]>,
    re: Box<[f32; POINTS]>,
    im: Box<[f32; POINTS]>,
    filled: usize,
}

impl Gate {
    fn transform(&mut self) {
        for at in 0..POINTS {
            self.re[at] = self.past[at] * self.window[at];
        }
        self.im.fill(0.0);
        self.fourier.transform(&mut self.re[..], &mut self.im[..]);
        for (re, im) in self.re.iter_mut().zip(self.im.iter_mut()) {
            let power = *re * *re + *im * *im;
            let gain = power / (power + 0.01);
            *re *= gain;
            *im *= gain;
        }
        self.fourier.transform(&mut self.im[..], &mut self.re[..]);
        for at in 0..POINTS {
            self.sum[at] += self.re[at] * self.window[at] * SCALE;
        }
    }
}

impl frame::Kernel for Gate {
    fn new(_sample_rate: f32) -> Self {
        let mut window = frame::zeros::<POINTS>();
        for (at, each) in window.iter_mut().enumerate() {
            *each = (0.5 - 0.5 * (2.0 * PI * at as f64 / POINTS as f64).cos()) as f32;
        }
        Gate {
            fourier: fourier::Fourier::new(POINTS),
            window,
            past: frame::zeros(),
            sum: frame::zeros(),
            re: frame::zeros(),
            im: frame::zeros(),
            filled: 0,
        }
    }

    fn process(&mut self, input: &[f32], output: &mut [f32]) {
        let mut done = 0;
        while done < input.len() {
            let count = (input.len() - done).min(HOP - self.filled);
            let place = POINTS - HOP + self.filled;
            self.past[place..place + count].copy_from_slice(&input[done..done + count]);
            output[done..done + count].copy_from_slice(&self.sum[self.filled..self.filled + count]);
            self.filled += count;
            done += count;
            if self.filled < HOP {
                continue;
            }
            self.sum.copy_within(HOP.., 0);
            self.sum[POINTS - HOP..].fill(0.0);
            self.transform();
            self.past.copy_within(HOP.., 0);
            self.filled = 0;
        }
    }
}

kernel!(Gate);
