//! Gain and mix: the signal at one level added to itself at another.
#[macro_use]
mod frame;

struct Gain {
    wet: f32,
    dry: f32,
}

impl frame::Kernel for Gain {
    fn new(_sample_rate: f32) -> Self {
        Gain { wet: 0.5, dry: 0.25 }
    }

    fn process(&mut self, input: &[f32], output: &mut [f32]) {
        let (wet, dry) = (self.wet, self.dry);
        for (x, y) in input.iter().zip(output) {
            *y = x * wet + x * dry;
        }
    }
}

kernel!(Gain);
