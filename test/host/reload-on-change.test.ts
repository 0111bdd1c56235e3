import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type WatchEvent } from '@wasm-plugin/engine/host';
import { reloadOnChange } from '#internals';
import { expect, it } from 'vitest';
import { counterFiles, counterHost } from './counter-host.js';

it('reloadOnChange() builds and reloads what has changed, and goes on where that fails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-sources-'));
  const { reloads, counting, close } = await counterHost();
  const source = join(folder, 'version.txt');
  await writeFile(source, '1');
  const events: WatchEvent[] = [];
  let wake = (): void => undefined;
  let number = 1;
  const watching = await reloadOnChange(
    reloads,
    { name: 'counter', path: folder },
    {
      debounceMs: 1,
      settleMs: 1,
      build() {
        if (number === 0) throw new SyntaxError('line 1: what is this?');
        return counterFiles(number);
      },
      onEvent(event) {
        events.push(event);
        if (event.kind === 'failed' || event.kind === 'reloaded') wake();
      },
    },
  );
  /** Changes the source, and waits for the event. */
  const change = async (to: number): Promise<WatchEvent | undefined> => {
    const done = new Promise<void>((resolve) => (wake = resolve));
    number = to;
    await writeFile(source, `version ${to}`);
    await done;
    return events.at(-1);
  };
  counting.add(1n);
  expect(await change(2)).toMatchObject({ kind: 'reloaded', to: '2.0.0', state: 'carried' });
  expect(counting.add(1n)).toMatchObject({ version: 2, calls: 2n });
  expect(await change(0)).toMatchObject({ kind: 'failed', what: 'build', error: { name: 'SyntaxError' } });
  expect(counting.add(1n)).toMatchObject({ version: 2, calls: 3n });
  expect(await change(3)).toMatchObject({ kind: 'reloaded', to: '3.0.0' });
  expect(counting.add(1n)).toMatchObject({ version: 3, calls: 4n });
  await watching.close();
  await close();
  await rm(folder, { recursive: true });
});
