import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './guests.js';

/** Returns the WIT of the audio interfaces, with a world that exports the realtime lane alone: that of the kernels of the DSP bench. */
export function kernelWorld(world: string): string {
  const text = readFileSync(join(ROOT, 'abi/wit/audio.wit'), 'utf8');
  const interfaces = text.slice(0, text.lastIndexOf('world '));
  return `${interfaces.slice(0, interfaces.lastIndexOf('}') + 1)}\nworld ${world} { export realtime; }\n`;
}
