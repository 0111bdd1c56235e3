//! Eight peaking bands in series, transposed direct form II: the equalizer of a mixer channel.
#[macro_use]
mod frame;

use std::f64::consts::PI;

const BANDS: usize = 8;

#[derive(Clone, Copy, Default)]
struct Band {
    b0: f32,
    b1: f32,
    b2: f32,
    a1: f32,
    a2: f32,
    z1: f32,
    z2: f32,
}

struct Biquads {
    bands: [Band; BANDS],
}

impl frame::Kernel for Biquads {
    fn new(sample_rate: f32) -> Self {
        let mut bands = [Band::default(); BANDS];
        for (at, band) in bands.iter_mut().enumerate() {
            let frequency = 60.0 * 2f64.powi(at as i32);
            let level = 10f64.powf((if at % 2 == 0 { 4.0 } else { -4.0 }) / 40.0);
            let angle = 2.0 * PI * frequency / sample_rate as f64;
            let alpha = angle.sin() / (2.0 * 1.1);
            let a0 = 1.0 + alpha / level;
            band.b0 = ((1.0 + alpha * level) / a0) as f32;
            band.b1 = (-2.0 * angle.cos() / a0) as f32;
            band.b2 = ((1.0 - alpha * level) / a0) as f32;
            band.a1 = band.b1;
            band.a2 = ((1.0 - alpha / level) / a0) as f32;
        }
        Biquads { bands }
    }

    fn process(&mut self, input: &[f32], output: &mut [f32]) {
        output.copy_from_slice(input);
        for held in &mut self.bands {
            let mut band = *held;
            for sample in output.iter_mut() {
                let x = *sample;
                let y = band.b0 * x + band.z1;
                band.z1 = band.b1 * x - band.a1 * y + band.z2;
                band.z2 = band.b2 * x - band.a2 * y;
                *sample = y;
            }
            *held = band;
        }
    }
}

kernel!(Biquads);
