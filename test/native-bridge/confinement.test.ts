import { memoryFiles } from '@wasm-plugin/abi/package';
import { PluginError, resolveLimits, type CarrierInstance, type Limits } from '@wasm-plugin/abi';
import { canCarry, library, type LibraryOptions } from '@wasm-plugin/native-bridge';
import { afterEach, describe, expect, it } from 'vitest';
import { compileLibrary, missingCompiler } from './compile-c.js';

const missing = missingCompiler();
const { seccomp, landlock } = canCarry();
const open: CarrierInstance[] = [];

interface Functions {
  lifecycle: { init(settings: object[]): void; health(): void };
  processor: { getParameter(id: number): number };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((instance) => instance.close()));
});

async function start(
  mode: string,
  { flags = [], limits = {}, ...options }: LibraryOptions & { flags?: string[]; limits?: Limits } = {},
): Promise<{ instance: CarrierInstance } & Functions> {
  const files = memoryFiles({ 'probe.so': compileLibrary('probe.c', flags) });
  const source = { id: 'acme.probe', version: '1.0.0', entry: 'probe.so', files };
  const plugin = await library({ stopMs: 200, ...options }).load(source, { limits: resolveLimits(limits) });
  const instance = await plugin.instantiate({ imports: {} });
  open.push(instance);
  const functions = instance.exports as unknown as Functions;
  functions.lifecycle.init([{ key: 'mode', value: mode }]);
  return { instance, ...functions };
}

/** Returns the text that the probe fails with. */
function said({ lifecycle }: Functions): string {
  try {
    lifecycle.health();
  } catch (error) {
    return (error as { payload: string }).payload;
  }
  return 'it did not fail';
}

describe.skipIf(missing !== undefined)(
  `a library in a child${missing === undefined ? '' : `: ${missing}`}`,
  () => {
    it.skipIf(seccomp !== undefined)(
      `by default starts no process, reaches no other one and ends with its host ${seccomp ?? ''}`,
      async () => {
        // Changing `/tmp`, and opening the host's memory as a file, depend on the user and on Yama: see SECURITY.md.
        expect(said(await start('reach'))).toMatch(
          /^read write (chmod )?(memory )?(environment )?socket thread $/,
        );
      },
    );

    it.skipIf((landlock ?? seccomp) !== undefined)(
      `has no files and no sockets with "all" ${landlock ?? seccomp ?? ''}`,
      async () => {
        expect(said(await start('reach', { confine: 'all' }))).toBe('thread ');
      },
    );

    it('has what its user has with "none"', async () => {
      const found = said(await start('reach', { confine: 'none' }));
      expect(found).toMatch(/^fork vfork .*kill outlive read write .*socket thread $/);
    });

    it('has threads within its memory alone', async () => {
      const made = Number(said(await start('threads', { limits: { memoryBytes: '32 MiB' } })));
      expect(made).toBeGreaterThan(10);
      // 64 MiB, those of the limit and those for JavaScript, in stacks of 64 KiB.
      expect(made).toBeLessThanOrEqual(1024);
    });

    it.each([
      ['hangs', 'hang', 'it did not start in 400 ms'],
      ['exits', 'exit', 'its process ended with status 3'],
      ['aborts', 'abort', 'its process ended by SIGABRT'],
    ])('that %s while it is opened fails its start', async (_, what, reason) => {
      const startMs = what === 'hang' ? 400 : 20_000;
      await expect(start('', { flags: [`-DON_LOAD="${what}"`], startMs })).rejects.toThrowError(
        expect.objectContaining({ code: 'WP_BRIDGE', message: expect.stringContaining(reason) }),
      );
    });

    it(
      'that scribbles over the shared memory gets nothing but errors of its own',
      { timeout: 180_000 },
      async () => {
        for (let seed = 1; seed <= 6; seed++) {
          const { instance, lifecycle, processor } = await start(`scribble${seed}`, {
            limits: { wallMs: 200 },
          });
          for (let round = 0; round < 200 && instance.state === 'ready'; round++) {
            try {
              if (round === 0) lifecycle.health();
              else processor.getParameter(7);
            } catch (error) {
              expect(PluginError.is(error)).toBe(true);
            }
          }
          await instance.close();
        }
        expect(said(await start('garbage-free'))).toBe('it did not fail');
      },
    );
  },
);
