import { monotonicClock } from '../../../harness/index.js';
import { driveAudio } from './audio-line.js';

/** Drives the chain through as many reloads as it is asked for, and prints what came of it as JSON. */
process.stdout.write(JSON.stringify(await driveAudio(Number(process.argv[2]), monotonicClock)));
