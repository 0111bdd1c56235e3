import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { LIMITS, PluginError, type LimitName, type Limits } from '@wasm-plugin/abi';
import { parseManifest } from '@wasm-plugin/abi/manifest';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import { createPluginHost } from '@wasm-plugin/engine/host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from './cli/run-cli.js';
import { pluginFiles } from './host/plugin-files.js';

/** A guest that can use up anything. */
const GUEST = `
(component
  (import "wasm-plugin:abi/log@0.1.0" (instance $log
    (type $l (enum "trace" "debug" "info" "warn" "error"))
    (export "level" (type $level (eq $l)))
    (export "log" (func (param "level" $level) (param "message" string)))))
  (core module $memory
    (memory (export "m") 1)
    (data (i32.const 0) "twenty bytes of text"))
  (core instance $memory (instantiate $memory))
  (alias core export $memory "m" (core memory $mem))
  (type $thing (resource (rep i32)))
  (core func $log (canon lower (func $log "log") (memory $mem)))
  (core func $new (canon resource.new $thing))
  (core module $m
    (import "i" "m" (memory 1))
    (import "i" "log" (func $log (param i32 i32 i32)))
    (import "i" "new" (func $new (param i32) (result i32)))
    (table 1 funcref)
    (func (export "spin") (loop (br 0)))
    (func $recurse (export "recurse") (call $recurse) (call $recurse))
    (func (export "grow") (result i32) (memory.grow (i32.const 16)))
    (func (export "grow-table") (result i32) (table.grow (ref.null func) (i32.const 100)))
    (func (export "log") (local i32) (loop
      (call $log (i32.const 4) (i32.const 0) (i32.const 20))
      (local.set 0 (i32.add (local.get 0) (i32.const 1)))
      (br_if 0 (i32.lt_u (local.get 0) (i32.const 5)))))
    (func (export "leak") (local i32) (loop
      (drop (call $new (i32.const 1)))
      (local.set 0 (i32.add (local.get 0) (i32.const 1)))
      (br_if 0 (i32.lt_u (local.get 0) (i32.const 5))))))
  (core instance $i (instantiate $m (with "i" (instance
    (export "m" (memory $mem)) (export "log" (func $log)) (export "new" (func $new))))))
  (func (export "spin") (canon lift (core func $i "spin")))
  (func (export "recurse") (canon lift (core func $i "recurse")))
  (func (export "grow") (result s32) (canon lift (core func $i "grow")))
  (func (export "grow-table") (result s32) (canon lift (core func $i "grow-table")))
  (func (export "log") (canon lift (core func $i "log")))
  (func (export "leak") (canon lift (core func $i "leak")))
)`;

const folder = temporaryFolder();
const FILE = join(folder, 'guest.wasm');
let bytes: Uint8Array;
let logged = 0;
const imports = { 'wasm-plugin:abi/log': { log: () => void logged++ } };

/** How a limit is hit, and what is to come of it. */
interface Row {
  limits: Limits;
  /** The export that hits it. */
  call: 'spin' | 'recurse' | 'grow' | 'grow-table' | 'log' | 'leak';
  /** A code, a returned value, or how many log lines came through. */
  wanted: string;
  /** By name of a way: what else is to come of it there. */
  instead?: Readonly<Partial<Record<Way | 'API' | 'manifest', string>>>;
}

const WAYS = ['createEngine', 'load', 'instantiate', 'manifest object', 'manifest text', 'CLI'] as const;
type Way = (typeof WAYS)[number];

const REFUSED = 'refused by name';
/** The engine gives no log of its own: whoever gives the import holds the limit, as `PluginHost` and `run` do. */
const BY_HOST = 'open: held by whoever gives the log';
const BY_RELOAD = 'open: held by reloading';

const ROWS: Readonly<Record<LimitName | 'strictMemory', Row>> = {
  memoryBytes: { limits: { memoryBytes: '128 KiB' }, call: 'grow', wanted: '-1' },
  strictMemory: {
    limits: { memoryBytes: '128 KiB', strictMemory: true },
    call: 'grow',
    wanted: 'WP_QUOTA_MEMORY',
  },
  tableElements: { limits: { tableElements: 50 }, call: 'grow-table', wanted: '-1' },
  fuel: { limits: { fuel: 1000 }, call: 'spin', wanted: 'WP_QUOTA_FUEL' },
  fuelTotal: { limits: { fuelTotal: 1000 }, call: 'spin', wanted: 'WP_QUOTA_FUEL' },
  timeMs: { limits: { timeMs: '20 ms' }, call: 'spin', wanted: 'WP_QUOTA_TIME' },
  wallMs: { limits: { wallMs: 20 }, call: 'spin', wanted: 'WP_QUOTA_WALL' },
  stackDepth: { limits: { stackDepth: 100 }, call: 'recurse', wanted: 'WP_QUOTA_STACK' },
  hostCalls: { limits: { hostCalls: 2 }, call: 'log', wanted: 'WP_QUOTA_HOST' },
  hostBytes: { limits: { hostBytes: 50 }, call: 'log', wanted: 'WP_QUOTA_HOST' },
  handles: { limits: { handles: 2 }, call: 'leak', wanted: 'WP_QUOTA_HANDLES' },
  instances: { limits: { instances: 0 }, call: 'leak', wanted: 'WP_QUOTA_INSTANCES' },
  stateBytes: {
    limits: { stateBytes: 10 },
    call: 'leak',
    wanted: BY_RELOAD,
    instead: { CLI: REFUSED },
  },
  logLinesPerSecond: {
    limits: { logLinesPerSecond: 2 },
    call: 'log',
    wanted: '2 lines',
    instead: { API: BY_HOST, 'manifest object': BY_HOST },
  },
};

/** What a plugin is loaded with whose instances are to be limited later: its code can hold any limit. */
const METERED: Limits = { fuel: 1e15, timeMs: 1e9, stackDepth: 1e6 };

/** Calls an export of a guest that a way leads to. */
const RUN: Readonly<Record<Way, (row: Row) => Promise<string>>> = {
  createEngine: ({ limits, call }) =>
    run(call, async () => {
      return (await createEngine({ limits, imports }).load(bytes)).instantiate();
    }),
  load: ({ limits, call }) =>
    run(call, async () => {
      return (await createEngine({ imports }).load(bytes, { limits })).instantiate();
    }),
  instantiate: ({ limits, call }) =>
    run(call, async () => {
      return (await createEngine({ imports, limits: METERED }).load(bytes)).instantiate({ limits });
    }),
  'manifest object': ({ limits, call }) =>
    run(call, async () => {
      const manifest = parseManifest(manifestOf(limits));
      return (await createEngine({ imports }).load(bytes, { limits: manifest.limits })).instantiate();
    }),
  'manifest text': async ({ limits, call }) => {
    let lines = 0;
    const host = createPluginHost({ grants: ['log'] });
    host.on('log', ({ level }) => void (level === 'error' && lines++));
    try {
      await host.add(pluginFiles('acme.guest', manifestOf(limits), bytes));
      const plugin = await host.load('acme.guest');
      const result = (plugin.exports as Record<string, () => unknown>)[camel(call)]?.();
      return call === 'log' ? `${lines} lines` : String(result);
    } catch (error) {
      return outcomeOf(error);
    } finally {
      await host.close();
    }
  },
  CLI: async ({ limits, call }) => {
    const flags = Object.entries(limits).flatMap(([name, value]) =>
      value === true ? [`--${CLI_FLAGS[name] ?? name}`] : [`--${CLI_FLAGS[name] ?? name}`, String(value)],
    );
    const { stdout, stderr } = runCli(['run', FILE, '--export', call, '--json', ...flags]);
    const { result, error } = JSON.parse(stdout) as { result?: unknown; error?: object };
    if (error !== undefined) return outcomeOf(error);
    return call === 'log' ? `${stderr.match(/twenty bytes/g)?.length ?? 0} lines` : String(result);
  },
};

const CLI_FLAGS: Readonly<Record<string, string>> = {
  memoryBytes: 'memory',
  strictMemory: 'strict-memory',
  tableElements: 'table-elements',
  fuelTotal: 'fuel-total',
  timeMs: 'time',
  wallMs: 'wall',
  stackDepth: 'stack-depth',
  hostCalls: 'host-calls',
  hostBytes: 'host-bytes',
  stateBytes: 'state-bytes',
  logLinesPerSecond: 'log-lines',
};

function manifestOf(limits: Limits): object {
  return {
    id: 'acme.guest',
    name: 'guest',
    version: '1.0.0',
    world: 'acme:guest/plugin',
    entry: 'plugin.wasm',
    permissions: [{ capability: 'log', reason: 'to log' }],
    limits,
  };
}

async function run(call: Row['call'], start: () => Promise<Instance>): Promise<string> {
  logged = 0;
  try {
    const instance = await start();
    const result = (instance.exports[camel(call)] as () => unknown)();
    return call === 'log' ? `${logged} lines` : String(result);
  } catch (error) {
    return outcomeOf(error);
  }
}

function outcomeOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (!PluginError.is(error) && code === undefined) throw error;
  return code === 'WP_LIMITS' ? `${REFUSED}: ${message}` : String(code);
}

function camel(name: string): string {
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function wantedOf(row: Row, way: Way): string {
  const group = way === 'CLI' ? undefined : way.startsWith('manifest') ? 'manifest' : 'API';
  return row.instead?.[way] ?? (group && row.instead?.[group]) ?? row.wanted;
}

const open: string[] = [];

beforeAll(async () => {
  bytes = await parse(GUEST);
  writeFileSync(FILE, bytes);
});

afterAll(() => {
  if (open.length > 0) console.info(`limits that are not held by the engine alone:\n  ${open.join('\n  ')}`);
});

describe.each(Object.entries(ROWS))('the limit %s', (name, row) => {
  it.each(WAYS)('by %s is enforced, or refused by name', async (way) => {
    const wanted = wantedOf(row, way);
    if (wanted.startsWith('open')) open.push(`${name} by ${way}: ${wanted}`);
    else if (wanted === REFUSED) expect(await RUN[way](row)).toMatch(new RegExp(`^${REFUSED}: .*${name}`));
    else expect(await RUN[way](row)).toBe(wanted);
  });
});

describe('the limits matrix', () => {
  it('has a row for every limit', () => {
    expect(Object.keys(ROWS).sort()).toEqual([...Object.keys(LIMITS), 'strictMemory'].sort());
  });

  it('knows how many places are open', () => {
    expect(open).toHaveLength(9);
  });

  it.each(WAYS)('has no way in for an unknown limit: %s', async (way) => {
    const row = { limits: { feul: 5 } as Limits, call: 'spin', wanted: '' } as const;
    expect(await RUN[way](row)).toMatch(/refused by name: .*feul|WP_MANIFEST|commander.unknownOption/);
  });
});
