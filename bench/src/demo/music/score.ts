import { bass, clap, hat, kick, pad, pluck, type Instrument, type Note } from './instruments.js';

/** A note in its place. */
export interface ScoredNote {
  instrument: Instrument;
  note: Note;
  startSeconds: number;
  /** -1 is left, 1 is right. */
  pan: number;
  /** Level of the instrument in the mix, as a factor. */
  level: number;
}

/** 96 beats a minute: four bars of four beats are ten seconds. */
const BEAT_SECONDS = 60 / 96;
const BEATS_PER_BAR = 4;

/** A minor, F, C, G: the chords of half of all songs. Notes by MIDI number, the bass note first. */
const BARS = [
  { root: 45, chord: [57, 60, 64, 69] },
  { root: 41, chord: [57, 60, 65, 69] },
  { root: 48, chord: [55, 60, 64, 67] },
  { root: 43, chord: [55, 59, 62, 67] },
];

/** The order in which an arpeggio goes through a chord, in half beats; 4 and above are an octave higher. */
const ARPEGGIO = [0, 2, 1, 3, 4, 3, 2, 5];

/**
 * The notes of the song, which starts over if it is to be longer. Each bar adds something: first chords and arpeggio,
 * then bass, then drums; so there are soft parts and loud ones.
 */
export function score(seconds: number): ScoredNote[] {
  const bars = Math.ceil(seconds / (BEAT_SECONDS * BEATS_PER_BAR));
  return Array.from({ length: bars }, (_, bar) => scoreBar(bar)).flat();
}

function scoreBar(bar: number): ScoredNote[] {
  const { root, chord } = BARS[bar % BARS.length] as (typeof BARS)[number];
  const stage = bar % BARS.length;
  const start = bar * BEATS_PER_BAR;
  return [
    ...chord.map((key, index) => at(start, pad, { key, beats: 4.2, pan: index * 0.4 - 0.6, level: 0.07 })),
    ...ARPEGGIO.map((step, index) =>
      at(start + index / 2, pluck, {
        key: (chord[step % 4] as number) + (step >= 4 ? 24 : 12),
        beats: 2,
        pan: index % 2 === 0 ? -0.5 : 0.5,
        level: 0.16,
        velocity: index % 4 === 0 ? 1 : 0.7,
      }),
    ),
    ...(stage >= 1 ? scoreBass(start, root) : []),
    ...(stage >= 2 ? scoreDrums(start, stage === 3) : []),
  ];
}

function scoreBass(start: number, root: number): ScoredNote[] {
  return [0, 1.5, 2.5, 3].map((beat) => at(start + beat, bass, { key: root - 12, beats: 0.9, level: 0.24 }));
}

function scoreDrums(start: number, full: boolean): ScoredNote[] {
  const kicks = (full ? [0, 1, 2, 3, 3.5] : [0, 1, 2, 3]).map((beat) =>
    at(start + beat, kick, { key: 31, beats: 1, level: 0.62 }),
  );
  const hats = Array.from({ length: 8 }, (_, index) =>
    at(start + index / 2 + (index % 2 === 0 ? 0.25 : 0), hat, {
      key: 69,
      beats: 0.12,
      pan: 0.25,
      level: 0.12,
    }),
  );
  const claps = full
    ? [1, 3].map((beat) => at(start + beat, clap, { key: 69, beats: 0.6, pan: -0.1, level: 0.3 }))
    : [];
  return [...kicks, ...hats, ...claps];
}

function at(
  beat: number,
  instrument: Instrument,
  how: { key: number; beats: number; level: number; pan?: number; velocity?: number },
): ScoredNote {
  const { key, beats, level, pan = 0, velocity = 1 } = how;
  const frequencyHz = 440 * 2 ** ((key - 69) / 12);
  return {
    instrument,
    note: { frequencyHz, seconds: beats * BEAT_SECONDS, velocity },
    startSeconds: beat * BEAT_SECONDS,
    pan,
    level,
  };
}
