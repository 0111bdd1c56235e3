//! One prepared setup: its buffers, which never move, and the audio of the past.

use crate::curve::{Curve, db_to_gain};
use crate::parameters::{ATTACK, LOOKAHEAD, MAKEUP, RELEASE, Values};
use crate::wasm_plugin::abi::audio_types::Setup;

pub const MAX_CHANNELS: u32 = 8;
/// A louder sample counts as this loud, so that no input makes the envelope infinite.
const LOUDEST: f32 = 1e6;
/// A smaller reduction becomes 0. This also keeps the envelope out of subnormal numbers.
const INAUDIBLE_DB: f32 = 1e-4;
const MAKEUP_GLIDE_MS: f64 = 20.0;

pub struct Lane {
    pub setup: Setup,
    pub inputs: Vec<Vec<f32>>,
    pub outputs: Vec<Vec<f32>>,
    pub past: Past,
    gains: Vec<f32>,
    curve: Curve,
    attack: f32,
    release: f32,
    makeup_db: f32,
    makeup_glide: f32,
}

/// The audio of the past, as far as the next block depends on it.
pub struct Past {
    /// The smoothed reduction in dB.
    pub reduction_db: f32,
    /// The makeup gain in dB on its way to the parameter.
    pub makeup_db: f32,
    /// One ring of `lookahead` frames a channel.
    pub delays: Vec<Vec<f32>>,
    /// Index of the oldest frame in each ring.
    pub oldest: usize,
}

impl Lane {
    pub fn new(setup: Setup, values: &Values) -> Self {
        let channels = setup.channels as usize;
        let frames = setup.max_frames as usize;
        let buffers = || vec![vec![0.0; frames]; channels];
        let lookahead = (values.0[LOOKAHEAD] * setup.sample_rate_hz / 1000.0).round() as usize;
        let past = Past {
            reduction_db: 0.0,
            makeup_db: values.0[MAKEUP] as f32,
            delays: vec![vec![0.0; lookahead]; channels],
            oldest: 0,
        };
        let mut lane = Lane {
            setup,
            inputs: buffers(),
            outputs: buffers(),
            past,
            gains: vec![0.0; frames],
            curve: Curve::new(values),
            attack: 0.0,
            release: 0.0,
            makeup_db: 0.0,
            makeup_glide: glide(MAKEUP_GLIDE_MS, setup.sample_rate_hz),
        };
        lane.take(values);
        lane
    }

    /// Takes changed parameters.
    pub fn take(&mut self, values: &Values) {
        self.curve = Curve::new(values);
        self.attack = glide(values.0[ATTACK], self.setup.sample_rate_hz);
        self.release = glide(values.0[RELEASE], self.setup.sample_rate_hz);
        self.makeup_db = values.0[MAKEUP] as f32;
    }

    pub fn lookahead(&self) -> u32 {
        self.past.delays.first().map_or(0, |ring| ring.len() as u32)
    }

    pub fn reset(&mut self) {
        self.past.reduction_db = 0.0;
        self.past.makeup_db = self.makeup_db;
        self.past.oldest = 0;
        for ring in &mut self.past.delays {
            ring.fill(0.0);
        }
    }

    pub fn process(&mut self, frames: usize) {
        let frames = frames.min(self.setup.max_frames as usize);
        self.measure(frames);
        self.smooth(frames);
        let next = self.advance(frames);
        for channel in 0..self.inputs.len() {
            let input = &self.inputs[channel][..frames];
            let output = &mut self.outputs[channel][..frames];
            let gains = &self.gains[..frames];
            let ring = &mut self.past.delays[channel][..];
            if ring.is_empty() {
                for ((out, x), gain) in output.iter_mut().zip(input).zip(gains) {
                    *out = x * gain;
                }
                continue;
            }
            let mut at = self.past.oldest;
            for ((out, x), gain) in output.iter_mut().zip(input).zip(gains) {
                *out = ring[at] * gain;
                ring[at] = *x;
                at = if at + 1 == ring.len() { 0 } else { at + 1 };
            }
        }
        self.past.oldest = next;
    }

    /// Writes the loudest sample of all channels, frame by frame, into `gains`.
    fn measure(&mut self, frames: usize) {
        let gains = &mut self.gains[..frames];
        gains.fill(0.0);
        for input in &self.inputs {
            for (peak, x) in gains.iter_mut().zip(input) {
                // Not `f32::max`: a plain comparison is one instruction, and drops NaN as well.
                let x = x.abs();
                if x > *peak {
                    *peak = x;
                }
            }
        }
    }

    /// Turns the peaks in `gains` into gains.
    fn smooth(&mut self, frames: usize) {
        let mut reduction = self.past.reduction_db;
        let mut makeup = self.past.makeup_db;
        let mut last_db = f32::NAN;
        let mut last_gain = 1.0;
        for gain in &mut self.gains[..frames] {
            let wanted = self.curve.reduction_db(gain.min(LOUDEST));
            let pace = if wanted > reduction { self.attack } else { self.release };
            reduction = wanted + (reduction - wanted) * pace;
            if wanted == 0.0 && reduction < INAUDIBLE_DB {
                reduction = 0.0;
            }
            if makeup != self.makeup_db {
                makeup = self.makeup_db + (makeup - self.makeup_db) * self.makeup_glide;
                if (makeup - self.makeup_db).abs() < INAUDIBLE_DB {
                    makeup = self.makeup_db;
                }
            }
            let db = makeup - reduction;
            if db != last_db {
                last_db = db;
                last_gain = if db == 0.0 { 1.0 } else { db_to_gain(db) };
            }
            *gain = last_gain;
        }
        self.past.reduction_db = reduction;
        self.past.makeup_db = makeup;
    }

    fn advance(&self, frames: usize) -> usize {
        match self.past.delays.first() {
            Some(ring) if !ring.is_empty() => (self.past.oldest + frames) % ring.len(),
            _ => 0,
        }
    }
}

/// The factor of a one-pole glide that covers all but 1/e of the way in `ms`.
fn glide(ms: f64, sample_rate_hz: f64) -> f32 {
    (-1000.0 / (ms * sample_rate_hz)).exp() as f32
}
