const SECONDS = 4;

/** Makes a test signal of four seconds, which is played in a circle. */
export function signalBuffer(kind: string, sampleRate: number): AudioBuffer {
  const buffer = new AudioBuffer({ length: SECONDS * sampleRate, numberOfChannels: 2, sampleRate });
  const sample = SIGNALS[kind] ?? chord;
  for (let channel = 0; channel < 2; channel++) {
    const samples = buffer.getChannelData(channel);
    for (let frame = 0; frame < samples.length; frame++) samples[frame] = sample(frame / sampleRate, frame);
  }
  return buffer;
}

const SIGNALS: Readonly<Record<string, (time: number, frame: number) => number>> = {
  noise: () => (Math.random() - 0.5) * 0.4,
  sweep: (time) =>
    0.3 * Math.sin(((2 * Math.PI * 20 * SECONDS) / Math.log(1000)) * (1000 ** (time / SECONDS) - 1)),
  clicks: (_, frame) => (frame % 24_000 === 0 ? 0.9 : 0),
};

function chord(time: number): number {
  return [220, 275, 330].reduce((sum, hz) => sum + 0.1 * Math.sin(2 * Math.PI * hz * time), 0);
}

/** Writes sound as a WAV file of 32-bit floats, which loses nothing. */
export function wavOf(buffer: AudioBuffer): Blob {
  const { length, numberOfChannels: channels, sampleRate } = buffer;
  const bytes = length * channels * 4;
  const view = new DataView(new ArrayBuffer(44 + bytes));
  const text = (at: number, word: string): void =>
    [...word].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + bytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 3, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * 4, true);
  view.setUint16(32, channels * 4, true);
  view.setUint16(34, 32, true);
  text(36, 'data');
  view.setUint32(40, bytes, true);
  for (let channel = 0; channel < channels; channel++) {
    buffer
      .getChannelData(channel)
      .forEach((sample, frame) => view.setFloat32(44 + (frame * channels + channel) * 4, sample, true));
  }
  return new Blob([view.buffer], { type: 'audio/wav' });
}
