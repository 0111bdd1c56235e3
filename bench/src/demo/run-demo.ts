import { relative } from 'node:path';
import { secondsOf, type Audio } from './audio.js';
import { openChain, type Chain } from './chain.js';
import { differenceDb } from './compare-sounds.js';
import type { DemoArguments } from './arguments.js';
import { measureLevels } from './levels.js';
import { PLUGINS } from './plugins.js';
import { processAudio } from './process-audio.js';
import { createProgress } from './progress.js';
import { renderReport } from './render-report.js';
import { openFile, openSong, writeFile } from './sound-files.js';
import { BLOCK_FRAMES } from './open-station.js';
import { encodeWav } from './wav/index.js';

const PICTURE_COLUMNS = 60;

/**
 * Runs the demo and returns its report.
 * @throws {DemoError} the sound cannot be read, processed or written
 */
export async function runDemo({ file, seconds, carrier }: DemoArguments): Promise<string> {
  const { source, path, target } = file === undefined ? openSong(seconds) : openFile(file);
  const { audio } = source;
  const native = carrier === 'library';
  const byComponents = native ? await processOnce(audio) : undefined;
  const chain = await openChain(PLUGINS, { audio, native });
  const progress = createProgress('Processing');
  try {
    const start = performance.now();
    const result = await processAudio(audio, chain, (share) => progress.update(share));
    const elapsedMs = performance.now() - start - preparationMs(chain);
    progress.stop();
    writeFile(target, encodeWav({ ...source, audio: result }));
    return renderReport({
      path: shown(path),
      target: shown(target),
      audio,
      format: source.format,
      missingSeconds: source.missingSeconds ?? 0,
      stations: chain.stations,
      deadlineNs: (BLOCK_FRAMES / audio.sampleRateHz) * 1e9,
      timesFasterThanSound: (secondsOf(audio) * 1000) / elapsedMs,
      ...(byComponents && { differenceDb: differenceDb(result, byComponents) }),
      before: measureLevels(audio, PICTURE_COLUMNS),
      after: measureLevels(result, PICTURE_COLUMNS),
    });
  } finally {
    progress.stop();
    await chain.close();
  }
}

/** The sound by components alone, to compare with. */
async function processOnce(audio: Audio): Promise<Audio> {
  const chain = await openChain(PLUGINS, { audio, native: false });
  try {
    return await processAudio(audio, chain, () => undefined);
  } finally {
    await chain.close();
  }
}

/** Returns the time in which new versions of plugins got ready; the pauses of the sound are a part of it. */
function preparationMs({ stations }: Chain): number {
  const reloads = stations.flatMap((station) => station.reloads);
  return reloads.reduce((sum, { durationMs, pauseMs = 0 }) => sum + durationMs - pauseMs, 0);
}

/** A path as short as possible. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || short.length > path.length ? path : short;
}
