import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPluginHost, type HostEvents, type NodePluginHost } from '@wasm-plugin/engine/host';
import { createMemoryStore } from '@wasm-plugin/engine/reload';
import { describeError, failed, PASSED, skipped, type CaseOutcome, type CaseResult } from '../suite/index.js';
import { CHANGES, type Change, type Outcome } from './changes.js';
import { builderOf, FORMS, nameOf, put, type Form } from './plugin-forms.js';

const COUNTING = 'wasm-plugin:counter/counting@1.0.0';
const WAYS = ['events', 'polling'] as const;
/** A cell that takes longer has failed. */
const MOST_MS = 30_000;

type Way = (typeof WAYS)[number];

/** Runs the matrix of changes in followed folders: each way of changing, in each form, seen by events and by polling. */
export async function runWatch(selects: (name: string) => boolean): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  // The timers of a host keep no process alive.
  const alive = setInterval(() => undefined, 60_000);
  for (const [name, change] of Object.entries(CHANGES)) {
    for (const form of FORMS) {
      for (const way of WAYS) {
        const folder = `${form}, ${way}`;
        const full = `${name}: ${folder}`;
        if (!selects(full)) continue;
        results.push({ case: full, folder, ...(await runCell(change, { form, way, name })) });
      }
    }
  }
  clearInterval(alive);
  return results;
}

async function runCell(change: Change, cell: { form: Form; way: Way; name: string }): Promise<CaseOutcome> {
  if (cell.name.startsWith('git') && spawnSync('git', ['--version']).status !== 0)
    return skipped('there is no git here');
  const base = await mkdtemp(join(tmpdir(), 'wasm-plugin-watch-'));
  const root = join(base, 'plugins');
  const { form, way } = cell;
  const path = join(root, change.pathOf?.(form) ?? nameOf(form));
  const place = { form, root, path };
  await put('built folder', join(root, 'other'), { edition: 'other', id: 'other' });
  await (change.prepare?.(place) ?? put(form, path, { edition: 'first' }));
  const host = createPluginHost({
    folders: [root],
    grants: ['log'],
    store: createMemoryStore(),
    live: { builderOf, rescanMs: 1e9, ...(way === 'polling' && { pollMs: 40 }) },
  });
  const late = AbortSignal.timeout(MOST_MS);
  try {
    await host.start();
    counterOf(host).add(40n);
    const outcome = typeof change.outcome === 'function' ? change.outcome(form) : change.outcome;
    const reloads: HostEvents['watch'][] = [];
    host.on('watch', (event) => {
      if (event.kind === 'reloaded' || event.kind === 'failed') reloads.push(event);
    });
    const done = OUTCOMES[outcome](host, late);
    await change.make(place);
    await done;
    await fence(host, root, late);
    const wanted = outcome === 'reloaded' ? 1 : 0;
    if (reloads.length !== wanted)
      return failed(`wanted ${wanted} reloads, got ${JSON.stringify(reloads.map(({ kind }) => kind))}`);
    if (outcome !== 'unloaded') {
      const { total } = counterOf(host).read();
      if (total !== 40n) return failed(`the state is lost: the total is ${total}`);
    }
    return PASSED;
  } catch (error) {
    return failed(late.aborted ? `nothing came of it in ${MOST_MS} ms` : describeError(error));
  } finally {
    await host.close();
    await rm(base, { recursive: true, force: true });
  }
}

/** Waits for each outcome; begun before the change is made. */
const OUTCOMES: Readonly<Record<Outcome, (host: NodePluginHost, late: AbortSignal) => Promise<unknown>>> = {
  reloaded: (host, late) =>
    heard(host, {
      name: 'watch',
      late,
      fits: ({ plugin, kind }) => plugin === 'counter' && kind === 'reloaded',
    }),
  unloaded: (host, late) =>
    heard(host, { name: 'state', late, fits: ({ plugin, to }) => plugin === 'counter' && to === 'removed' }),
  'loaded again': (host, late) =>
    heard(host, { name: 'state', late, fits: ({ plugin, to }) => plugin === 'counter' && to === 'ready' }),
  nothing: () => Promise.resolve(),
};

/** Has something else appear, and waits until that runs: a change that came before it was seen by then. */
async function fence(host: NodePluginHost, root: string, late: AbortSignal): Promise<void> {
  const seen = heard(host, {
    name: 'state',
    late,
    fits: ({ plugin, to }) => plugin === 'fence' && to === 'ready',
  });
  await put('built folder', join(root, 'fence'), { edition: 'fence', id: 'fence' });
  await seen;
}

function heard<Name extends keyof HostEvents>(
  host: NodePluginHost,
  { name, late, fits }: { name: Name; late: AbortSignal; fits: (event: HostEvents[Name]) => boolean },
): Promise<void> {
  return new Promise((resolve, reject) => {
    late.addEventListener('abort', () => reject(new Error('late')), { once: true });
    const end = host.on(name, (event) => {
      if (!fits(event)) return;
      end();
      resolve();
    });
  });
}

function counterOf(host: NodePluginHost): { add(amount: bigint): void; read(): { total: bigint } } {
  return host.get('counter').exports[COUNTING] as ReturnType<typeof counterOf>;
}
