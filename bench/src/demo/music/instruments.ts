/** A note for an instrument. */
export interface Note {
  frequencyHz: number;
  seconds: number;
  /** 0 to 1. */
  velocity: number;
}

/** Makes a sound: a sample for each moment, counted in seconds from the start of the note. */
export type Instrument = (note: Note, sampleRateHz: number) => (seconds: number) => number;

const TURN = 2 * Math.PI;
const TABLE_LENGTH = 2048;

/** One turn of a sawtooth-like wave whose overtones fall off softly, so that nothing aliases at low notes. */
const WARM = wavetable((overtone) => (overtone <= 14 ? 1 / overtone ** 1.3 : 0));
/** One turn of a hollow wave: odd overtones only. */
const HOLLOW = wavetable((overtone) => (overtone % 2 === 1 && overtone <= 9 ? 1 / overtone ** 2 : 0));

/** Chords that swell: two slightly detuned warm waves. */
export const pad: Instrument = ({ frequencyHz, seconds, velocity }) => {
  return (t) => {
    const level = Math.min(1, t / 0.25) * Math.min(1, Math.max(0, (seconds - t) / 0.35));
    const slow = 1 + 0.15 * Math.sin(TURN * 0.6 * t);
    const wave = lookUp(WARM, frequencyHz * 1.003 * t) + lookUp(WARM, frequencyHz * 0.997 * t);
    return wave * level * slow * velocity * 0.5;
  };
};

/** A plucked string or bell, for arpeggios. */
export const pluck: Instrument = ({ frequencyHz, velocity }) => {
  return (t) => {
    const body = lookUp(HOLLOW, frequencyHz * t) * Math.exp(-t * 5);
    const shine = Math.sin(TURN * frequencyHz * 3.99 * t) * Math.exp(-t * 16) * 0.3;
    return (body + shine) * Math.min(1, t / 0.003) * velocity;
  };
};

/** A round bass. */
export const bass: Instrument = ({ frequencyHz, seconds, velocity }) => {
  return (t) => {
    const level =
      Math.min(1, t / 0.008) * Math.min(1, Math.max(0, (seconds - t) / 0.05)) * Math.exp(-t * 1.5);
    const wave = Math.sin(TURN * frequencyHz * t) + 0.35 * lookUp(WARM, frequencyHz * t);
    return Math.tanh(wave * 1.4) * level * velocity;
  };
};

/** A kick drum: a sine that falls from a click to a thump. `frequencyHz` is where it ends. */
export const kick: Instrument = ({ frequencyHz, velocity }) => {
  return (t) => {
    const turns = frequencyHz * t + 4.2 * (1 - Math.exp(-t * 32));
    return Math.sin(TURN * turns) * Math.exp(-t * 7.5) * Math.min(1, t / 0.001) * velocity;
  };
};

/** A hi-hat, or with a longer note a cymbal: noise without its low part, the same noise every time. */
export const hat: Instrument = ({ seconds, velocity }) => {
  let state = 0x2545f491;
  let last = 0;
  return (t) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const noise = state / 0x8000_0000;
    const bright = noise - last;
    last = noise;
    return bright * Math.exp((-t * 5) / seconds) * velocity * 0.5;
  };
};

/** A clap on the second and fourth beat: three short bursts of noise, then a tail. */
export const clap: Instrument = (note, sampleRateHz) => {
  const noise = hat({ ...note, seconds: 100 }, sampleRateHz);
  return (t) => {
    const burst = t < 0.03 ? Math.exp(-(t % 0.01) * 250) : Math.exp(-(t - 0.03) * 28);
    return noise(t) * burst * 1.2;
  };
};

function wavetable(level: (overtone: number) => number): Float64Array {
  const table = new Float64Array(TABLE_LENGTH + 1);
  for (let overtone = 1; overtone <= 32; overtone++) {
    const amount = level(overtone);
    if (amount === 0) continue;
    for (let at = 0; at <= TABLE_LENGTH; at++) {
      table[at] = (table[at] as number) + amount * Math.sin((TURN * overtone * at) / TABLE_LENGTH);
    }
  }
  return table;
}

function lookUp(table: Float64Array, turns: number): number {
  const position = (turns - Math.floor(turns)) * TABLE_LENGTH;
  const below = Math.floor(position);
  const low = table[below] as number;
  return low + ((table[below + 1] as number) - low) * (position - below);
}
