import { processIo } from '../io.js';
import { errorReport } from '../render-error.js';
import { measure } from './measure.js';
import type { MeasurementRequest } from './measurement.js';

/** Measures what its argument asks for and prints `{ measurement }` or `{ error }` as JSON: in a process of its own. */
const request = JSON.parse(process.argv[2] as string) as MeasurementRequest;
let answer: object;
try {
  answer = { measurement: await measure(request, processIo()) };
} catch (error) {
  answer = errorReport(error);
}
process.stdout.write(JSON.stringify(answer));
