import type { Random } from '../support/random.js';
import type { Call } from './call.js';

const NAMES = ['a', 'b', 'd', 'e', 'l', 'm', 'd/a', 'd/b', 'd/e', 'e/l', 'd/e/a', 'l/a', 'm/b', 'ü'] as const;
const ENDINGS = ['', '', '', '', '', '', '', '', '', '', '', '', '', '', '/', '/.', '//', '/..'] as const;
const STARTS = ['', '', '', '', '', '', '', '', '', '', './', 'd/../', 'l/', 'e/./'] as const;
const OUTSIDE = [
  '..',
  '../secret',
  '/etc/passwd',
  'd/../../secret',
  '/',
  'out',
  'out/secret',
  'far',
  '',
  '.',
  'a\\b',
] as const;
const PLAIN_TARGETS = ['a', 'd', 'd/a', 'none', 'l', 'm', 'e/l', './a'] as const;
const TARGETS = [...PLAIN_TARGETS, 'a/'] as const;
const OPEN_FLAGS = ['', '', 'c', 'c', 'cx', 'd', 'd', 't', 'ct', 'cd', 'x', 'dt', 'cxt'] as const;
const FLAGS = ['', 'r', 'r', 'rw', 'rw', 'w', 'rm'] as const;
const TIMES = ['now', 'keep', '1.0', '1000000000.123456789', '4000000000.5'] as const;

/** Options of `makeCalls`. */
export interface CallOptions {
  count: number;
  /** If true, some paths and targets lead out of the folder. */
  leadsOut: boolean;
  /** If true, some paths have dots and slashes at their start and end. @default true */
  oddPaths?: boolean;
}

/** Makes calls that often name existing things: few names, few descriptors. */
export function makeCalls(random: Random, { count, leadsOut, oddPaths = true }: CallOptions): Call[] {
  const calls: Call[] = [];
  let opened = 1;
  const path = (): string => {
    if (leadsOut && random.below(6) === 0) return random.pick(OUTSIDE);
    if (!oddPaths) return random.pick(NAMES);
    return `${random.pick(STARTS)}${random.pick(NAMES)}${random.pick(ENDINGS)}`;
  };
  const target = (): string =>
    leadsOut && random.below(3) === 0
      ? random.pick(OUTSIDE)
      : random.pick(oddPaths ? TARGETS : PLAIN_TARGETS);
  const descriptor = (): string => String(random.below(3) > 0 ? 0 : random.below(opened + 1));
  const follow = (): string => random.pick(['follow', 'keep']);
  const makers: (() => string[])[] = [
    () => {
      const flags = random.pick(OPEN_FLAGS);
      // Wasmtime also permits writes to a file that was made or cut.
      const isMade = !oddPaths && /[ct]/.test(flags);
      return ['open', descriptor(), follow(), path(), flags, isMade ? 'rw' : random.pick(FLAGS)];
    },
    () => ['open', descriptor(), 'follow', random.pick(NAMES), 'c', 'rw'],
    () => ['stat-at', descriptor(), follow(), path()],
    () => ['stat', descriptor()],
    () => ['type', descriptor()],
    () => ['mkdir', descriptor(), path()],
    () => ['mkdir', '0', random.pick(['d', 'e', 'd/e'])],
    () => ['stat-at', '0', 'follow', random.pick(['a', 'd', 'd/b', 'l', 'l/b'])],
    () => ['list', '0'],
    () => ['rmdir', descriptor(), path()],
    () => ['unlink', descriptor(), path()],
    () => ['rename', descriptor(), path(), descriptor(), path()],
    () => ['link', descriptor(), path(), descriptor(), path(), 'keep'],
    () => ['symlink', descriptor(), target(), path()],
    () => ['readlink', descriptor(), path()],
    () => ['read', descriptor(), String(random.below(20)), String(random.below(12))],
    () => ['write', descriptor(), 'x'.repeat(random.below(9)), String(random.below(12))],
    () => ['append', descriptor(), 'tail'],
    () => ['stream-read', descriptor(), String(1 + random.below(20)), String(random.below(12))],
    () => ['set-size', descriptor(), String(random.below(30))],
    () => ['set-times', descriptor(), random.pick(TIMES), random.pick(TIMES)],
    () => ['set-times-at', descriptor(), follow(), path(), random.pick(TIMES), random.pick(TIMES)],
    () => ['sync', descriptor()],
    () => ['sync-data', descriptor()],
    () => ['list', descriptor()],
    () => ['same', descriptor(), descriptor()],
    () => ['close', String(1 + random.below(opened))],
  ];
  while (calls.length < count) {
    const call = random.pick(makers)();
    if (call[0] === 'open') opened++;
    calls.push(call);
  }
  return calls;
}
