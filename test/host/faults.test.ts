import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPluginHost, type NodePluginHost } from '@wasm-plugin/engine/host';
import { createFileStore } from '@wasm-plugin/engine/reload';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../reload/counter.js';
import { activeComponent } from './active-component.js';
import { EMPTY } from './components.js';
import { pluginFiles } from './plugin-files.js';

let base = '';
const hosts: NodePluginHost[] = [];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'wasm-plugin-faults-'));
});

afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
  await rm(base, { recursive: true });
});

describe('a host goes on', () => {
  it('where a folder cannot be read, which it names, with the plugins of the others', async () => {
    const [folder, file] = [join(base, 'plugins'), join(base, 'file')];
    await mkdir(join(folder, 'one'), { recursive: true });
    await writeFile(file, 'no folder');
    const files = pluginFiles('one', {}, EMPTY);
    for (const path of await files.list()) await writeFile(join(folder, 'one', path), await files.read(path));
    const host = createPluginHost({ folders: [file, folder], live: { pollMs: 60_000 } });
    hosts.push(host);
    const problems: string[] = [];
    host.on('problem', ({ source }) => problems.push(source));
    await host.start();
    expect([[...new Set(problems)], host.get('one').state]).toEqual([[file], 'ready']);
  });

  it('where the wall clock jumps, with the state that was saved last', async () => {
    const manifest = { activity: { tickMs: 100 }, state: { schema: 1 } };
    const ticks: number[] = [];
    // Three processes one after the other: the machine's clock is set back by years, then forward.
    for (const wallNow of [2_000_000_000_000, 1_000_000_000_000, 1_500_000_000_000]) {
      const clock = new ManualClock();
      clock.wallNow = () => wallNow + clock.now();
      const host = createPluginHost({ clock, store: createFileStore(join(base, 'state')) });
      hosts.push(host);
      await host.add(pluginFiles('active', manifest, await activeComponent()));
      const { exports } = await host.load<{ ticks(): number }>('active');
      await clock.pass(200);
      // It goes back while the host runs, too.
      clock.wallNow = () => 0;
      await clock.pass(100);
      ticks.push(exports.ticks());
      await host.close();
    }
    expect(ticks).toEqual([3, 6, 9]);
  });
});
