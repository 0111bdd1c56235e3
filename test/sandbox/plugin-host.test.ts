import { readFileSync } from 'node:fs';
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
  expect(ask(plugin, 'read', 'sub/b.txt')).toBe('below');
  expect(ask(plugin, 'print', 'hi')).toBe('done');
  expect(text).toBe('hi\n');
  expect(() => ask(plugin, 'write', join(open, 'a.txt'), 'x')).toThrow(/Read-only/i);
  expect(() => ask(plugin, 'now')).toThrow(
    'Cannot let "probe" use "clock": its manifest does not ask for it',
  );
  expect(plugin.state).toBe('dead');
  expect(denied).toEqual([`probe: fs:${open} host`, 'probe: clock manifest']);
  await host.close();
  remove();
});
