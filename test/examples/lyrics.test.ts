import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createPluginHost, type CreatePluginHostOptions } from '@wasm-plugin/engine/host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCliBeside } from '../cli/packages/packages.js';
import type { CliResult } from '../cli/run-cli.js';
import { ROOT } from './start-program.js';

function fileOf(name: string): string {
  return join(ROOT, 'examples/plugins', name, 'plugin.wasm');
}

async function hostOf(name: string, options: CreatePluginHostOptions) {
  const host = createPluginHost(options);
  const { name: id } = await host.addFrom(join(ROOT, 'examples/plugins', name));
  return { host, id };
}

describe('examples/plugins/lyrics', () => {
  let server: Server;
  let address = '';
  const asked: (string | undefined)[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url);
      const title = new URL(request.url ?? '', 'http://x').searchParams.get('track_name');
      if (title === 'Torn') response.end('{"plainLyrics":');
      else if (title === 'Busy') response.writeHead(503).end();
      else if (title === 'Song & Dance') response.end(JSON.stringify({ id: 1, plainLyrics: 'La\nla' }));
      else if (title === 'Humming') response.end(JSON.stringify({ instrumental: true, plainLyrics: null }));
      else response.writeHead(404, { 'content-type': 'application/json' }).end('{"code":404}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  function find(title: string, ...more: string[]): Promise<CliResult> {
    const args = [
      '--export',
      'find',
      '--args',
      JSON.stringify(['Ada', title]),
      '--config',
      `server=http://${address}`,
    ];
    return runCliBeside(['run', fileOf('lyrics'), ...args, ...more]);
  }

  it('fetches the words of a song from the server of its settings', async () => {
    const { code, stdout, stderr } = await find('Song & Dance', '--grant', `http:${address}`);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '"La\\nla"\n', stderr: '' });
    expect(asked).toEqual(['/api/get?artist_name=Ada&track_name=Song+%26+Dance']);
  });

  it.each([
    ['Nothing', '"not-found"'],
    ['Humming', '"not-found"'],
    ['Torn', "the server's answer cannot be read"],
    ['Busy', 'the server answers with status 503'],
  ])('says why there are no words: %s', async (title, text) => {
    const { code, stderr } = await find(title, '--grant', `http:${address}`);
    expect(code).toBe(1);
    expect(stderr).toContain(text);
  });

  it('asks nobody without a grant, and the line to add is said', async () => {
    const before = asked.length;
    const { code, stderr } = await find('Song & Dance');
    expect(code).toBe(1);
    expect(stderr).toContain(`hint: What it was refused can be granted: --grant http:${address}`);
    expect(asked).toHaveLength(before);
    const { host, id } = await hostOf('lyrics', { grants: ['config'] });
    await expect(host.load(id)).rejects.toMatchObject({
      code: 'WP_CAPABILITY',
      capability: 'http:lrclib.net',
      lacking: 'host',
    });
    await host.close();
  });
});
