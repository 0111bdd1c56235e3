import { monotonicClock } from '../../../harness/index.js';
import { driveAudio } from './audio-line.js';

/** Drives the chain through the requested number of reloads, and prints the result as JSON. */
process.stdout.write(JSON.stringify(await driveAudio(Number(process.argv[2]), monotonicClock)));
