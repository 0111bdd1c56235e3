import type { Use } from '../../harness/index.js';
import type { Counter, Ops, RecordEight } from './ops.js';
import type { TypesCore } from './types-core.js';

/** Functions that a row calls, and their arguments. */
export interface OpsTarget {
  ops: Ops;
  data: Data;
  counter: Counter;
  /** Keeps results, so that none is left unmade because nobody looks at it. */
  kept?: unknown;
}

/** The same for the raw core calls. */
export interface CoreTarget {
  core: TypesCore;
  data: Data;
  counter: number;
}

/** Arguments that are not made anew for each call. */
export interface Data {
  text: string;
  samples: Float32Array;
  record: RecordEight;
}

/** A row of the bench. The functions are compiled apart for each contender: they refer to their parameters only. */
export interface CallRow {
  name: string;
  text?: string;
  use: Use<OpsTarget>;
  /** The same with no values converted: the cost of a call into the guest. */
  core: Use<CoreTarget>;
  /** Number of calls in one use, of the kind that the row is about. */
  callsPerUse?: number;
}

const PANGRAM = 'The quick brown fox jumps over a lazy dog. ';
const echo = (name: string, text: string): CallRow => ({
  name,
  text,
  use: (target) => {
    const text = target.ops.echo(target.data.text);
    target.kept = text;
    return text.charCodeAt(3);
  },
  core: ({ core, data }) => {
    const { length } = data.text;
    const result = core.echo(core.realloc(0, 0, 1, length), length);
    core.postEcho(result);
    return result;
  },
});

/** Every row, in the order of the issue that asked for them. */
export const CALL_ROWS: readonly CallRow[] = [
  {
    name: 'add(u32, u32)',
    use: ({ ops }, index) => ops.add(index, 7),
    core: ({ core }, index) => core.add(index, 7),
  },
  echo('echo(string), 32 characters', PANGRAM.slice(0, 32)),
  echo('echo(string), 4096 characters', PANGRAM.repeat(100).slice(0, 4096)),
  echo('echo(string), 32 not all ASCII', 'Zwölf Boxkämpfer jagen Viktor 🥊'),
  {
    name: 'process(list<f32>), 256',
    use: (target) => {
      const samples = target.ops.process(target.data.samples);
      target.kept = samples;
      return samples.length;
    },
    core: ({ core }) => {
      const result = core.process(core.realloc(0, 0, 4, 1024), 256);
      core.postProcess(result);
      return result;
    },
  },
  {
    name: 'record of 8 fields, both ways',
    use: (target) => {
      const record = target.ops.record8(target.data.record);
      target.kept = record;
      return record.id;
    },
    core: ({ core }) => {
      const result = core.record8(1, 1, 2, -3, 4n, 0.5, 0.25, core.realloc(0, 0, 1, 12), 12);
      core.postRecord8(result);
      return result;
    },
  },
  {
    name: 'result<list<record>, string>, 100',
    use: (target) => {
      const items = target.ops.items(100);
      target.kept = items;
      return items.length;
    },
    core: ({ core }) => {
      const result = core.items(100);
      core.postItems(result);
      return result;
    },
  },
  {
    name: 'method of a resource',
    use: ({ counter }, index) => counter.increment(index),
    core: ({ core, counter }, index) => core.counterIncrement(counter, index),
  },
  {
    name: 'host import, called by the guest',
    callsPerUse: 100,
    use: ({ ops }) => ops.callHost(100),
    core: ({ core }) => core.callHost(100),
  },
];

/** The arguments of a row. */
export function dataFor(row: CallRow): Data {
  return {
    text: row.text ?? '',
    samples: Float32Array.from({ length: 256 }, (_, index) => Math.sin(index / 10)),
    record: {
      id: 1,
      active: true,
      small: 2,
      offset: -3,
      big: 2n ** 60n,
      ratio: 0.5,
      score: 0.25,
      name: 'eight fields',
    },
  };
}
