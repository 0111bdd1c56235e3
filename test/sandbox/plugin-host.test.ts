import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPluginHost, type ManagedPlugin } from '@wasm-plugin/engine/host';
import { expect, it } from 'vitest';
import { pluginFiles } from '../host/plugin-files.js';
import { playground } from './support.js';

const PROBE = readFileSync(new URL('../guests/wasi/build/probe.wasm', import.meta.url));

function ask(plugin: ManagedPlugin, ...words: string[]): unknown {
  return (plugin.exports['attempt'] as (words: string[]) => unknown)(words);
}

it('a host of plugins gives each what its manifest asks for and the host grants', async () => {
  const { open, remove } = playground();
  mkdirSync(join(open, 'probe', 'sub'), { recursive: true });
  writeFileSync(join(open, 'probe', 'sub', 'b.txt'), 'mine');
  let text = '';
  const host = createPluginHost({
    grants: [`fs:${open}:ro`, 'fs:sub', 'stdio', 'clock'],
    sandbox: {
      folder: open,
      stdio: { stdout: (bytes) => (text += new TextDecoder().decode(bytes)) },
    },
  });
  const denied: string[] = [];
  host.on('denied', ({ plugin, error }) => denied.push(`${plugin}: ${error.capability} ${error.lacking}`));
  const capabilities = [`fs:${open}`, 'fs:sub', 'stdio', 'random'];
  const permissions = capabilities.map((capability) => ({ capability, reason: 'to see', required: false }));
  await host.add(pluginFiles('probe', { world: 'test:wasi/probe', permissions }, PROBE));
  const plugin = await host.load('probe');
  expect(ask(plugin, 'read', join(open, 'a.txt'))).toBe('hello');
  expect(ask(plugin, 'read', 'sub/b.txt')).toBe('mine');
  expect(ask(plugin, 'print', 'hi')).toBe('done');
  expect(text).toBe('hi\n');
  expect(() => ask(plugin, 'write', join(open, 'a.txt'), 'x')).toThrow(/Read-only/i);
  expect(() => ask(plugin, 'now')).toThrow(
    'Cannot let "probe" use "clock": its manifest does not ask for it; ' +
      'add { "capability": "clock", "reason": "…" } to "permissions" in its plugin.json',
  );
  expect(plugin.state).toBe('dead');
  expect(denied).toEqual([`probe: fs:${open} host`, 'probe: clock manifest']);
  await host.close();
  remove();
});

it('a host of plugins keeps a folder for each, in the one that is given for all', async () => {
  const { root, remove } = playground();
  const host = createPluginHost({ grants: ['fs:.'], sandbox: { folder: join(root, 'kept') } });
  const permissions = [{ capability: 'fs:.', reason: 'to keep' }];
  for (const id of ['one', 'two']) {
    await host.add(pluginFiles(id, { world: 'test:wasi/probe', permissions }, PROBE));
    await host.load(id);
  }
  expect(ask(host.get('one'), 'write', 'x', 'private')).toBe('done');
  expect(() => ask(host.get('two'), 'read', 'x')).toThrow(/No such file/);
  expect(readFileSync(join(root, 'kept', 'one', 'x'), 'utf8')).toBe('private');
  await host.close();
  remove();
});
