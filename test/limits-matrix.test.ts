import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { LIMITS, PluginError, type LimitName, type Limits } from '@wasm-plugin/abi';
import { parseManifest } from '@wasm-plugin/abi/manifest';
import { createEngine, type Instance } from '@wasm-plugin/engine';
import { createPluginHost } from '@wasm-plugin/engine/host';
import { beforeAll, describe, expect, it } from 'vitest';
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
    (func (export "schema") (result i32) (i32.const 1))
    (func (export "save") (result i32) (i32.store (i32.const 96) (i32.const 20)) (i32.const 88))
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
  (func $schema (result u32) (canon lift (core func $i "schema")))
  (func $serialize (result (result (list u8) (error string)))
    (canon lift (core func $i "save") (memory $mem)))
  (component $state
    (import "schema" (func $schema (result u32)))
    (import "serialize" (func $serialize (result (result (list u8) (error string)))))
    (export "schema" (func $schema))
    (export "serialize" (func $serialize)))
  (instance $state (instantiate $state
    (with "schema" (func $schema)) (with "serialize" (func $serialize))))
  (export "wasm-plugin:abi/state@0.1.0" (instance $state))
)`;

const folder = temporaryFolder();
const FILE = join(folder, 'guest.wasm');
let bytes: Uint8Array;
let logged = 0;
/** The guest's lines are errors; that others were dropped is a warning. */
const imports = { 'wasm-plugin:abi/log': { log: (level: string) => void (level === 'error' && logged++) } };

/** A way to reach a limit, and the expected end. */
interface Row {
  limits: Limits;
  /** The export that hits it. */
  call: 'spin' | 'recurse' | 'grow' | 'grow-table' | 'log' | 'leak' | 'save';
  /** A code, a returned value, or the number of log lines that came through. */
  wanted: string;
}

const WAYS = ['createEngine', 'load', 'instantiate', 'manifest object', 'manifest text', 'CLI'] as const;
type Way = (typeof WAYS)[number];

const REFUSED = 'refused by name';
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
  linkBytes: { limits: { linkBytes: 1000 }, call: 'leak', wanted: 'WP_QUOTA_LINK' },
  instances: { limits: { instances: 0 }, call: 'leak', wanted: 'WP_QUOTA_INSTANCES' },
  stateBytes: { limits: { stateBytes: 10 }, call: 'save', wanted: 'WP_QUOTA_STATE' },
  logLinesPerSecond: { limits: { logLinesPerSecond: 2 }, call: 'log', wanted: '2 lines' },
};

/** Limits of a plugin whose instances are limited later: its code can keep any limit. */
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
      const result = exportOf(plugin.exports, call)();
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
    const name = call === 'save' ? 'state#serialize' : call;
    const { stdout, stderr } = runCli(['run', FILE, '--export', name, '--json', ...flags]);
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
  linkBytes: 'link-bytes',
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
    const result = exportOf(instance.exports, call)();
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

function exportOf(exports: Readonly<Record<string, unknown>>, call: Row['call']): () => unknown {
  const from = call === 'save' ? exports['wasm-plugin:abi/state@0.1.0'] : exports;
  return (from as Record<string, () => unknown>)[
    call === 'save' ? 'serialize' : camel(call)
  ] as () => unknown;
}

beforeAll(async () => {
  bytes = await parse(GUEST);
  writeFileSync(FILE, bytes);
});

describe.each(Object.entries(ROWS))('the limit %s', (_, row) => {
  it.each(WAYS)('by %s is enforced', async (way) => {
    expect(await RUN[way](row)).toBe(row.wanted);
  });
});

describe('the limits matrix', () => {
  it('has a row for every limit', () => {
    expect(Object.keys(ROWS).sort()).toEqual([...Object.keys(LIMITS), 'strictMemory'].sort());
  });

  it.each(WAYS)('has no way in for an unknown limit: %s', async (way) => {
    const row = { limits: { feul: 5 } as Limits, call: 'spin', wanted: '' } as const;
    expect(await RUN[way](row)).toMatch(/refused by name: .*feul|WP_MANIFEST|commander.unknownOption/);
  });
});
