//! The static curve: how much a level is turned down.

use crate::parameters::{KNEE, RATIO, THRESHOLD, Values};

/// A feed-forward gain computer with a soft knee, in decibels.
#[derive(Clone, Copy)]
pub struct Curve {
    threshold_db: f32,
    /// `1 - 1 / ratio`: what of an overshoot is taken away.
    slope: f32,
    knee_db: f32,
    /// A peak below this is left alone, and needs no logarithm.
    floor: f32,
}

impl Curve {
    pub fn new(values: &Values) -> Self {
        let threshold_db = values.0[THRESHOLD] as f32;
        let knee_db = values.0[KNEE] as f32;
        let slope = 1.0 - 1.0 / values.0[RATIO] as f32;
        Curve { threshold_db, slope, knee_db, floor: db_to_gain(threshold_db - knee_db / 2.0) }
    }

    /// The reduction in dB, not negative, for a peak of amplitude `level`.
    #[inline]
    pub fn reduction_db(&self, level: f32) -> f32 {
        if level <= self.floor {
            return 0.0;
        }
        let over = gain_to_db(level) - self.threshold_db;
        if over * 2.0 >= self.knee_db {
            return self.slope * over;
        }
        // Inside the knee, which is wider than zero: a parabola that meets both lines with their slope.
        let into = over + self.knee_db / 2.0;
        self.slope * into * into / (2.0 * self.knee_db)
    }
}

#[inline]
pub fn db_to_gain(db: f32) -> f32 {
    (db * (core::f32::consts::LN_10 / 20.0)).exp()
}

#[inline]
pub fn gain_to_db(gain: f32) -> f32 {
    gain.ln() * (20.0 / core::f32::consts::LN_10)
}
