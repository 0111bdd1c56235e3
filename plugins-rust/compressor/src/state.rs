//! The saved state, little-endian:
//!
//! - `u32` number of parameters, then each: `u32` id, `f64` value
//! - `u32` 1 if audio of the past follows, else 0
//! - `f64` sample rate in Hz, `u32` channels, `u32` lookahead frames
//! - `f32` reduction in dB, `f32` makeup in dB, then the lookahead rings, oldest frame first: `f32` each
//!
//! The audio of the past is taken over only by an instance that is prepared for the same rate and channels. It takes
//! the lookahead with it, so that a reload does not move the latency.

use crate::lane::{Lane, MAX_CHANNELS, Past};
use crate::parameters::{COUNT, SPECS, Values};

pub const SCHEMA: u32 = 1;

pub struct Saved {
    pub values: Values,
    pub audio: Option<SavedAudio>,
}

pub struct SavedAudio {
    pub sample_rate_hz: f64,
    pub past: Past,
}

pub fn encode(values: &Values, lane: Option<&Lane>) -> Vec<u8> {
    let mut out = Vec::new();
    let settable = || (0..COUNT).filter(|id| SPECS[*id].takes(values.0[*id]));
    out.extend((settable().count() as u32).to_le_bytes());
    for id in settable() {
        out.extend((id as u32).to_le_bytes());
        out.extend(values.0[id].to_le_bytes());
    }
    out.extend(u32::from(lane.is_some()).to_le_bytes());
    if let Some(lane) = lane {
        let past = &lane.past;
        out.extend(lane.setup.sample_rate_hz.to_le_bytes());
        out.extend(lane.setup.channels.to_le_bytes());
        out.extend(lane.lookahead().to_le_bytes());
        out.extend(past.reduction_db.to_le_bytes());
        out.extend(past.makeup_db.to_le_bytes());
        for ring in &past.delays {
            let (newer, older) = ring.split_at(past.oldest);
            for x in older.iter().chain(newer) {
                out.extend(x.to_le_bytes());
            }
        }
    }
    out
}

pub fn decode(mut bytes: &[u8]) -> Result<Saved, String> {
    let saved = read(&mut bytes)?;
    if bytes.is_empty() { Ok(saved) } else { Err(format!("the state has {} bytes too many", bytes.len())) }
}

fn read(bytes: &mut &[u8]) -> Result<Saved, String> {
    let mut values = Values::default();
    for _ in 0..u32::from_le_bytes(take(bytes)?) {
        let id = u32::from_le_bytes(take(bytes)?);
        let value = f64::from_le_bytes(take(bytes)?);
        values.set(id, value).map_err(|_| format!("parameter {id} cannot have the saved value"))?;
    }
    let audio = match u32::from_le_bytes(take(bytes)?) {
        0 => None,
        1 => Some(read_audio(bytes)?),
        _ => return Err("the state is not one of this plugin".into()),
    };
    Ok(Saved { values, audio })
}

fn read_audio(bytes: &mut &[u8]) -> Result<SavedAudio, String> {
    let sample_rate_hz = f64::from_le_bytes(take(bytes)?);
    let channels = u32::from_le_bytes(take(bytes)?) as usize;
    let lookahead = u32::from_le_bytes(take(bytes)?) as usize;
    let reduction_db = f32::from_le_bytes(take(bytes)?);
    let makeup_db = f32::from_le_bytes(take(bytes)?);
    if !reduction_db.is_finite() || !makeup_db.is_finite() {
        return Err("the state holds a number that is not finite".into());
    }
    // Before anything is allocated: the counts are only claims.
    if channels > MAX_CHANNELS as usize
        || channels.checked_mul(lookahead.saturating_mul(4)) != Some(bytes.len())
    {
        return Err("the state has another shape than it says".into());
    }
    let mut ring =
        || (0..lookahead).map(|_| take(bytes).map(f32::from_le_bytes)).collect::<Result<Vec<_>, _>>();
    let delays = (0..channels).map(|_| ring()).collect::<Result<Vec<_>, _>>()?;
    Ok(SavedAudio { sample_rate_hz, past: Past { reduction_db, makeup_db, delays, oldest: 0 } })
}

impl SavedAudio {
    /// Hands the audio of the past to `lane` if it fits there.
    pub fn apply(self, lane: &mut Lane) {
        if self.sample_rate_hz == lane.setup.sample_rate_hz && self.past.delays.len() == lane.inputs.len() {
            lane.past = self.past;
        }
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Result<[u8; N], String> {
    let (head, rest) = bytes.split_first_chunk::<N>().ok_or("the state ends too early")?;
    *bytes = rest;
    Ok(*head)
}
