//! Convolution with an impulse response of two seconds, in uniform partitions of 128 samples (overlap-save). The output lags by
//! one partition.
mod fourier;
#[macro_use]
mod frame;

const PART: usize = 128;
const POINTS: usize = 2 * PART;
/// Bins of a real signal's spectrum, rounded up to whole vectors.
const BINS: usize = 132;

#[derive(Clone, Copy)]
struct Spectrum {
    re: [f32; BINS],
    im: [f32; BINS],
}

const NOTHING: Spectrum = Spectrum { re: [0.0; BINS], im: [0.0; BINS] };

struct Convolution {
    fourier: fourier::Fourier,
    response: Vec<Spectrum>,
    /// Spectra of the past input, as many.
    past: Vec<Spectrum>,
    newest: usize,
    filled: usize,
    window: [f32; POINTS],
    ready: [f32; PART],
    re: [f32; POINTS],
    im: [f32; POINTS],
}

fn keep(spectrum: &mut Spectrum, re: &[f32; POINTS], im: &[f32; POINTS]) {
    spectrum.re[..=PART].copy_from_slice(&re[..=PART]);
    spectrum.im[..=PART].copy_from_slice(&im[..=PART]);
}

fn multiply(sum: &mut Spectrum, a: &Spectrum, b: &Spectrum) {
    for bin in 0..BINS {
        sum.re[bin] += a.re[bin] * b.re[bin] - a.im[bin] * b.im[bin];
        sum.im[bin] += a.re[bin] * b.im[bin] + a.im[bin] * b.re[bin];
    }
}

impl Convolution {
    fn convolve(&mut self) {
        self.re = self.window;
        self.im.fill(0.0);
        self.fourier.transform(&mut self.re, &mut self.im);
        let parts = self.past.len();
        self.newest = (self.newest + parts - 1) % parts;
        keep(&mut self.past[self.newest], &self.re, &self.im);
        let mut sum = NOTHING;
        let (before, after) = self.past.split_at(self.newest);
        for (response, past) in self.response.iter().zip(after.iter().chain(before)) {
            multiply(&mut sum, response, past);
        }
        self.re[..=PART].copy_from_slice(&sum.re[..=PART]);
        self.im[..=PART].copy_from_slice(&sum.im[..=PART]);
        for bin in PART + 1..POINTS {
            self.re[bin] = sum.re[POINTS - bin];
            self.im[bin] = -sum.im[POINTS - bin];
        }
        self.fourier.transform(&mut self.im, &mut self.re);
        for at in 0..PART {
            self.ready[at] = self.re[PART + at] * (1.0 / POINTS as f32);
        }
        self.window.copy_within(PART.., 0);
    }
}

impl frame::Kernel for Convolution {
    fn new(sample_rate: f32) -> Self {
        let length = (2.0 * sample_rate) as usize;
        let parts = (length + PART - 1) / PART;
        let fourier = fourier::Fourier::new(POINTS);
        let mut response = vec![NOTHING; parts];
        let mut seed = 1;
        // A hall: noise that falls by 60 dB in two seconds.
        let mut level = 0.05;
        let fall = 0.001f64.powf(1.0 / length as f64);
        for spectrum in &mut response {
            let (mut re, mut im) = ([0f32; POINTS], [0f32; POINTS]);
            for each in &mut re[..PART] {
                *each = (frame::noise(&mut seed) as f64 * level) as f32;
                level *= fall;
            }
            fourier.transform(&mut re, &mut im);
            keep(spectrum, &re, &im);
        }
        Convolution {
            fourier,
            response,
            past: vec![NOTHING; parts],
            newest: 0,
            filled: 0,
            window: [0.0; POINTS],
            ready: [0.0; PART],
            re: [0.0; POINTS],
            im: [0.0; POINTS],
        }
    }

    fn process(&mut self, input: &[f32], output: &mut [f32]) {
        let mut done = 0;
        while done < input.len() {
            let count = (input.len() - done).min(PART - self.filled);
            let place = PART + self.filled;
            self.window[place..place + count].copy_from_slice(&input[done..done + count]);
            output[done..done + count].copy_from_slice(&self.ready[self.filled..self.filled + count]);
            self.filled += count;
            done += count;
            if self.filled < PART {
                continue;
            }
            self.convolve();
            self.filled = 0;
        }
    }
}

kernel!(Convolution);
