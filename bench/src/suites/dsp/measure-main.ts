import { measure } from './measure.js';
import type { MeasurementRequest } from './measurement.js';

/** Makes the measurement that its argument requests, and prints the result as JSON: one kernel, in a process of its own. */
const request = JSON.parse(process.argv[2] as string) as MeasurementRequest;
process.stdout.write(JSON.stringify(await measure(request)));
