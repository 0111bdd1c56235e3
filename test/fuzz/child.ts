import { listGenerators } from './list-generators.js';
import { randomOf, runCase } from './run-case.js';

/** A request of the supervisor: run a case, or only write its input down. */
export interface Request {
  seed: number;
  index: number;
  only?: 'show';
}

// Runs cases of one generator for the supervisor: `fork(child.js, [NAME, FOLDER])`.
const [, , name, folder = ''] = process.argv;
const generator = (await listGenerators(new URL(folder))).find((one) => one.name === name);
if (generator === undefined) throw new Error(`there is no generator "${String(name)}"`);
const { make, show } = generator;

process.on('message', ({ seed, index, only }: Request) => {
  const answer =
    only === 'show'
      ? Promise.resolve(make.call(generator, randomOf(seed, index))).then((input) => ({
          index,
          input: show.call(generator, input),
        }))
      : runCase(generator, seed, index);
  void answer.then((report) => process.send?.({ ...report, rss: process.memoryUsage.rss() }));
});
process.send?.('ready');
