import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox } from '@wasm-plugin/engine/sandbox';
import { snapshot } from '../../conformance/programs/index.js';
import { CallModel, CallPerformer, encodeCalls, makeCalls, type Call } from '../../wasi-calls/index.js';
import type { Generator } from '../generator.js';

/** Calls on a folder, and whether some of their paths lead out of it. */
export interface CallsInput {
  leadsOut: boolean;
  calls: readonly Call[];
}

/** Its content and its size are nowhere else, so a result with one of them comes from outside. */
const SECRET = 'the secret '.repeat(389);
const MOST_OPEN = 20;

function fill(root: string, { leadsOut }: CallsInput): string {
  const folder = join(root, 'granted');
  mkdirSync(join(folder, 'd', 'e'), { recursive: true });
  writeFileSync(join(root, 'secret'), SECRET);
  writeFileSync(join(folder, 'a'), 'hello');
  writeFileSync(join(folder, 'd', 'b'), 'below');
  symlinkSync('d', join(folder, 'l'));
  if (!leadsOut) return folder;
  symlinkSync('../secret', join(folder, 'out'));
  symlinkSync('..', join(folder, 'd', 'out'));
  symlinkSync(join(root, 'secret'), join(folder, 'far'));
  symlinkSync('../a', join(folder, 'd', 'up'));
  return folder;
}

function openBelow(root: string): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(root) ? [path] : [];
    } catch {
      return [];
    }
  });
}

/** Everything but the granted folder. */
function outside(root: string): string {
  return snapshot(root)
    .split('\n')
    .filter((line) => !line.startsWith('granted/'))
    .join('\n');
}

/** The links in a folder that lead out, from wherever they are. */
function leadingOut(folder: string): string[] {
  return snapshot(folder)
    .split('\n')
    .flatMap((line) => / link -> (.*)/.exec(line)?.[1] ?? [])
    .filter((target) => target.startsWith('/') || target.split('/').includes('..'))
    .sort();
}

function check(input: CallsInput): string {
  const { calls, leadsOut } = input;
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'wasi-calls-')));
  const isLinux = process.platform === 'linux';
  const folder = fill(root, input);
  const sandbox = createSandbox({ permissions: ['fs:.'], grants: ['fs:.'], folder, openFiles: MOST_OPEN });
  const performer = new CallPerformer(sandbox);
  const modelFolder = join(root, 'model');
  const model = isLinux && !leadsOut ? new CallModel(fill(modelFolder, input)) : undefined;
  try {
    const [before, links] = [outside(root), leadingOut(folder)];
    let refused = 0;
    for (const [at, call] of calls.entries()) {
      const got = performer.perform(call);
      const what = `call ${at} (${call.join(' ')})`;
      if (got.includes('secret') && !call.includes('readlink')) throw new Error(`${what} read the secret`);
      if (got.endsWith(` ${SECRET.length}`)) throw new Error(`${what} looked at the secret`);
      if (got.startsWith('<')) refused++;
      if (got === '<quota>') break;
      if (model === undefined) continue;
      const wanted = model.perform(call);
      const isSame = wanted === undefined ? got.startsWith('<') : got === wanted;
      if (!isSame) throw new Error(`${what} came to ${got}, the system has ${wanted ?? 'a refusal'}`);
    }
    if (!isLinux) return 'ran';
    if (model === undefined) {
      if (outside(root) !== before) throw new Error('what is outside of the folder has changed');
      const planted = leadingOut(folder).filter((target) => !links.includes(target));
      if (planted.length > 0) throw new Error(`links that lead out were made: ${planted.join(', ')}`);
    } else if (snapshot(folder) !== snapshot(join(modelFolder, 'granted'))) {
      throw new Error('the folder is not as the system leaves it');
    }
    const open = openBelow(folder).length;
    if (open > MOST_OPEN) throw new Error(`${open} files are open, at most ${MOST_OPEN} may be`);
    performer.close();
    sandbox.close();
    if (openBelow(folder).length > 0) throw new Error(`left open: ${openBelow(folder).join(', ')}`);
    return refused * 2 > calls.length ? 'ran, mostly refused' : 'ran';
  } finally {
    performer.close();
    model?.close();
    sandbox.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/**
 * Calls of `wasi:filesystem` on a real folder. Nothing outside of it is read or made, no descriptor leaks, and if no path leads
 * out each call has the result of the system's own function.
 */
export const generator: Generator<CallsInput> = {
  name: 'wasi-calls',
  make(random) {
    const leadsOut = random.chance(0.5);
    return { leadsOut, calls: makeCalls(random, { count: 20 + random.below(60), leadsOut }) };
  },
  check,
  *shrink({ leadsOut, calls }) {
    for (let size = Math.ceil(calls.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
      for (let at = 0; at < calls.length; at += size)
        yield { leadsOut, calls: calls.filter((_, index) => index < at || index >= at + size) };
  },
  show: ({ leadsOut, calls }) => `${leadsOut ? 'leads out' : 'stays'}\n${encodeCalls(calls)}`,
};
