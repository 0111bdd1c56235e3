/** Sound in memory: one array of samples a channel, nominally -1 to 1, all equally long. */
export interface Audio {
  sampleRateHz: number;
  channels: Float32Array<ArrayBuffer>[];
}

export function framesOf(audio: Audio): number {
  return audio.channels[0]?.length ?? 0;
}

export function secondsOf(audio: Audio): number {
  return framesOf(audio) / audio.sampleRateHz;
}
