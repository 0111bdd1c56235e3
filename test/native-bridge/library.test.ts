import { memoryFiles } from '@wasm-plugin/abi/package';
import {
  DEFAULT_LIMITS,
  PluginError,
  resolveLimits,
  type CarrierInstance,
  type Limits,
} from '@wasm-plugin/abi';
import { library, type LibraryInstance } from '@wasm-plugin/native-bridge';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compileLibrary, missingCompiler } from './compile-c.js';

interface Processor {
  describe(): { name: string; parameters: { name: string; choices: string[]; flags: object }[] };
  prepare(setup: object): void;
  process(inputs: Float32Array[]): Float32Array[];
  setParameter(id: number, value: number): void;
  getParameter(id: number): number;
  reset(): void;
}

interface Exports {
  lifecycle: { init(settings: object[]): void; health(): void; configure(settings: object[]): void };
  state: {
    schema(): number;
    serialize(): Uint8Array;
    restore(state: Uint8Array, schema: number, version: string): void;
  };
  processor: Processor;
}

const missing = missingCompiler();
const SETUP = { sampleRateHz: 48_000, maxFrames: 128, channels: 2 };
let probe: Uint8Array;
const open: CarrierInstance[] = [];

beforeAll(() => {
  if (missing === undefined) probe = compileLibrary('probe.c');
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((instance) => instance.close()));
});

async function start(
  unsafeInProcess: boolean,
  {
    limits = {},
    onEnd,
    log,
  }: { limits?: Limits; onEnd?: () => unknown; log?: (level: string, message: string) => void } = {},
): Promise<{ instance: LibraryInstance; exports: Exports; logged: string[] }> {
  const logged: string[] = [];
  const carrier = library({ unsafeInProcess, stopMs: 200 });
  const plugin = await carrier.load(
    { id: 'acme.probe', version: '1.0.0', entry: 'probe.so', files: memoryFiles({ 'probe.so': probe }) },
    { limits: resolveLimits(limits, { base: DEFAULT_LIMITS }) },
  );
  const instance = (await plugin.instantiate({
    imports: {
      'wasm-plugin:abi/log@0.1.0': {
        log: log ?? ((level: string, message: string) => logged.push(`${level} ${message}`)),
      },
      'wasm-plugin:abi/config': { get: (key: string) => (key === 'greeting' ? 'Grüße 🎧' : undefined) },
    },
    ...(onEnd === undefined ? {} : { onEnd }),
  })) as LibraryInstance;
  open.push(instance);
  return { instance, exports: instance.exports as unknown as Exports, logged };
}

describe.skipIf(missing !== undefined)(`library()${missing === undefined ? '' : `: ${missing}`}`, () => {
  describe.each([
    ['in a child process', false],
    ['in this process', true],
  ])('%s', (_, inProcess) => {
    it('calls the functions of the ABI with the values of their WIT', async () => {
      const { exports, logged } = await start(inProcess);
      exports.lifecycle.init([{ key: 'a', value: 'b' }]);
      expect(logged).toEqual(['info Grüße 🎧']);
      exports.lifecycle.health();
      expect(exports.processor.describe()).toEqual({
        name: 'Probe',
        ports: [
          { name: 'main', direction: 'input', channels: 64 },
          { name: 'main', direction: 'output', channels: 64 },
        ],
        parameters: [
          expect.objectContaining({ id: 0, name: 'Gain', max: 2, default: 0.5, choices: [] }),
          {
            id: 7,
            name: 'Größe',
            unit: 'dB',
            min: 0,
            max: 1,
            default: 0,
            choices: ['flat', 'round'],
            flags: { automatable: false, stepped: true, logarithmic: false, readOnly: true },
          },
        ],
        latencyFrames: 5,
      });
      exports.processor.prepare(SETUP);
      const block = [Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6)];
      expect(exports.processor.process(block)).toEqual([
        Float32Array.of(0.5, 1, 1.5),
        Float32Array.of(2, 2.5, 3),
      ]);
      exports.processor.setParameter(0, 2);
      expect(exports.processor.getParameter(0)).toBe(2);
      expect(exports.processor.getParameter(7)).toBe(1);
      exports.processor.reset();
      expect(exports.processor.getParameter(7)).toBe(0);
    });

    it('throws the error case of a result, and the instance stays usable', async () => {
      const { exports, instance } = await start(inProcess);
      const { processor, lifecycle } = exports;
      const error = (tag: string, val: unknown): object => ({ code: 'WP_GUEST', payload: { tag, val } });
      expect(() => processor.setParameter(5, 0)).toThrowError(
        expect.objectContaining(error('unknown-parameter', 5)),
      );
      expect(() => processor.setParameter(0, NaN)).toThrowError(
        expect.objectContaining(error('invalid-value', NaN)),
      );
      expect(() => processor.prepare({ ...SETUP, sampleRateHz: 384_000 })).toThrowError(
        expect.objectContaining(error('unsupported-setup', 'at most 192 kHz')),
      );
      expect(() => lifecycle.configure([{ key: 'refuse', value: 'nö' }])).toThrowError(
        expect.objectContaining({ code: 'WP_GUEST', payload: 'nö' }),
      );
      expect(instance.state).toBe('ready');
      expect(() => processor.prepare({ ...SETUP, channels: -1 })).toThrowError(TypeError);
      expect(processor.process([Float32Array.of(1)])).toEqual([]);
    });

    it('carries a state from one instance to another', async () => {
      const first = await start(inProcess);
      first.exports.processor.setParameter(0, 1.25);
      const state = first.exports.state.serialize();
      const second = await start(inProcess);
      second.exports.state.restore(state, first.exports.state.schema(), '1.0.0');
      expect(second.exports.processor.getParameter(0)).toBe(1.25);
      expect(() => second.exports.state.restore(state, 4, '1.0.0')).toThrowError('not a state of mine');
    });

    it('processes blocks in place through a lane', async () => {
      const { exports, instance } = await start(inProcess);
      const lane = instance.openLane(SETUP);
      exports.processor.setParameter(0, 0.25);
      for (let round = 0; round < 100; round++) {
        lane.inputs[1]?.fill(round);
        lane.process(128);
        expect(lane.outputs[1]?.[127]).toBe(round / 4);
      }
      expect(exports.processor.getParameter(7)).toBe(100);
      expect(() => lane.process(129)).toThrowError(RangeError);
    });

    it('leaves the buffers of a lane readable and writable after it was closed', async () => {
      const { instance } = await start(inProcess);
      const { inputs, outputs, process: run } = instance.openLane(SETUP);
      instance.openLane({ ...SETUP, maxFrames: 64 });
      await instance.close();
      for (const samples of [...inputs, ...outputs]) samples.fill(samples.length);
      expect(inputs[0]?.[127]).toBe(128);
      expect(() => run(1)).toThrowError(expect.objectContaining({ code: 'WP_CLOSED' }));
    });

    it('refuses calls while its state is on its way to another instance', async () => {
      const { exports, instance } = await start(inProcess);
      const resume = instance.suspend();
      expect(() => exports.lifecycle.health()).toThrowError(
        expect.objectContaining({ code: 'WP_LIFECYCLE' }),
      );
      resume();
      exports.lifecycle.health();
    });

    it('is dead where a function of the host throws, with what was thrown', async () => {
      const denied = new PluginError('WP_CAPABILITY', 'Cannot let it log');
      const { exports, instance } = await start(inProcess, {
        log: () => {
          throw denied;
        },
      });
      expect(() => exports.lifecycle.init([])).toThrowError(denied);
      expect(instance.state).toBe('dead');
      expect(() => exports.lifecycle.health()).toThrowError(denied);
    });

    it('refuses calls from inside its own, and can be closed there', async () => {
      let inner: unknown;
      let closed: Promise<void> | undefined;
      const { exports, instance } = await start(inProcess, {
        log: () => {
          try {
            exports.lifecycle.health();
          } catch (error) {
            inner = error;
          }
          closed = instance.close();
        },
      });
      exports.lifecycle.init([]);
      await closed;
      expect(inner).toMatchObject({ code: 'WP_TRAP_ABI' });
      expect(instance.state).toBe('closed');
    });

    it('refuses calls after it was closed', async () => {
      const { exports, instance } = await start(inProcess);
      await instance.close();
      expect(instance.state).toBe('closed');
      expect(() => exports.lifecycle.health()).toThrowError(expect.objectContaining({ code: 'WP_CLOSED' }));
    });
  });

  describe('a child process that fails', () => {
    it.each([
      ['segfault', 'its process ended by SIGSEGV'],
      ['abort', 'its process ended by SIGABRT'],
      ['kill', 'its process ended by SIGKILL'],
      ['exit', 'its process ended with status 3'],
      ['exit-with-farewell', 'its process ended with status 3'],
    ])('by %s leaves an error that says so, and the host goes on', async (mode, reason) => {
      let ends = 0;
      const { exports, instance } = await start(false, { onEnd: () => ends++ });
      exports.lifecycle.init([{ key: 'mode', value: mode }]);
      const dead = expect.objectContaining({
        code: 'WP_BRIDGE',
        message: expect.stringContaining(reason),
        instanceUsable: false,
      });
      expect(() => exports.lifecycle.health()).toThrowError(dead);
      expect(() => exports.lifecycle.health()).toThrowError(dead);
      expect(instance.state).toBe('dead');
      expect(ends).toBe(1);
    });

    it('by a hang is ended at its deadline', async () => {
      const { exports, instance } = await start(false, { limits: { wallMs: 300 } });
      exports.lifecycle.init([{ key: 'mode', value: 'hang' }]);
      const lane = instance.openLane(SETUP);
      expect(() => lane.process(128)).toThrowError(
        expect.objectContaining({ code: 'WP_QUOTA_WALL', allowed: 300 }),
      );
      expect(instance.state).toBe('dead');
    });

    it('by talking to the host without end is ended at its deadline', async () => {
      let lines = 0;
      const { exports, instance } = await start(false, { limits: { wallMs: 300 }, log: () => lines++ });
      exports.lifecycle.init([{ key: 'mode', value: 'chatter' }]);
      expect(() => exports.lifecycle.health()).toThrowError(
        expect.objectContaining({ code: 'WP_QUOTA_WALL', allowed: 300 }),
      );
      expect(lines).toBeGreaterThan(1);
      expect(instance.state).toBe('dead');
    });

    it('by cutting the shared memory off cannot', async () => {
      const { exports, instance } = await start(false);
      exports.lifecycle.init([{ key: 'mode', value: 'cut' }]);
      exports.lifecycle.health();
      instance.openLane(SETUP).process(128);
      expect(instance.state).toBe('ready');
    });

    it('in destroy is ended', async () => {
      const { exports, instance } = await start(false);
      exports.lifecycle.init([{ key: 'mode', value: 'hang-in-destroy' }]);
      await instance.close();
      expect(instance.state).toBe('closed');
    });

    it('by closing our descriptors fails nobody', async () => {
      const { exports, instance } = await start(false);
      exports.lifecycle.init([{ key: 'mode', value: 'close' }]);
      exports.lifecycle.health();
      const lane = instance.openLane(SETUP);
      lane.process(1);
      expect(instance.state).toBe('ready');
    });

    it('by writing without end to stdout and stderr reaches nobody', async () => {
      const { exports, instance } = await start(false);
      exports.lifecycle.init([{ key: 'mode', value: 'flood' }]);
      exports.lifecycle.health();
      expect(instance.state).toBe('ready');
    });

    it('by too much memory is told that there is none', async () => {
      const { exports } = await start(false, { limits: { memoryBytes: '64 MiB' } });
      exports.lifecycle.init([{ key: 'mode', value: 'allocate' }]);
      expect(() => exports.lifecycle.health()).toThrowError('no memory');
    });

    it('to start says why', async () => {
      const plugin = await library().load(
        { id: 'acme.text', version: '1.0.0', entry: 'a.so', files: memoryFiles({ 'a.so': 'no library' }) },
        { limits: DEFAULT_LIMITS },
      );
      await expect(plugin.instantiate({ imports: {} })).rejects.toThrowError(
        expect.objectContaining({
          code: 'WP_BRIDGE',
          message: expect.stringMatching(/Cannot load the library/),
        }),
      );
    });
  });
});
