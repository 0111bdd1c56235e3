import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveLimits } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import { rpc } from '@wasm-plugin/native-bridge';
import { natsLink } from '@wasm-plugin/native-bridge/nats';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { missingNats, NatsServer } from '../support/nats-server.js';
import { BIN, plainEnvironment, repoFile, temporaryFolder } from './run-cli.js';

const missing = missingNats();
if (missing !== undefined) console.log(`skipped: ${missing}`);

const folder = temporaryFolder();
const closers: (() => unknown)[] = [];
let server: NatsServer;

function pluginFolder(name: string, extra: object): string {
  const path = join(folder, name);
  mkdirSync(path);
  const manifest = {
    id: `acme.${name}`,
    name,
    version: '1.0.0',
    world: 'wasm-plugin:abi/audio-effect@0.1.0',
    entry: 'plugin.wasm',
    permissions: [{ capability: 'log', reason: 'It says that it is ready.' }],
    ...extra,
  };
  writeFileSync(join(path, 'plugin.json'), JSON.stringify(manifest));
  copyFileSync(repoFile('plugins-as/build/eq.wasm'), join(path, 'plugin.wasm'));
  return path;
}

/** A process of `wasm-plugin serve --nats`, and its output. */
class Host {
  readonly child: ChildProcess;
  readonly #events: string[] = [];
  #heard: (() => void)[] = [];

  constructor(plugin: string) {
    this.child = spawn(process.execPath, [BIN, 'serve', plugin, '--nats', server.url, '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: plainEnvironment(),
    });
    closers.push(() => this.end('SIGTERM'));
    let rest = '';
    this.child.stdout?.on('data', (bytes) => {
      const lines = (rest + String(bytes)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#events.push((JSON.parse(line) as { event: string }).event);
      for (const hear of this.#heard.splice(0)) hear();
    });
  }

  async until(event: string): Promise<void> {
    while (!this.#events.includes(event)) await new Promise<void>((resolve) => this.#heard.push(resolve));
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill(signal);
    await once(this.child, 'exit');
  }
}

type Functions = Record<string, (...args: unknown[]) => Promise<unknown>>;

async function processorOf(id: string, wallMs = 2000): Promise<Functions> {
  const carrier = rpc({ links: { nats: natsLink() } });
  const source = { id, version: '1.0.0', entry: server.url, files: memoryFiles({}) };
  const plugin = await carrier.load(source, { limits: resolveLimits({ wallMs }) });
  closers.push(() => plugin.close());
  return (await plugin.instantiate({ imports: {} })).exports['processor'] as Functions;
}

describe.skipIf(missing !== undefined)('wasm-plugin serve --nats', () => {
  beforeAll(async () => {
    server = await NatsServer.start();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  });
  afterAll(() => server.close());

  it(
    'goes on when one of two hosts is killed under load: each call is answered or fails once',
    { timeout: 60_000 },
    async () => {
      const plugin = pluginFolder('shared', {});
      const hosts = [new Host(plugin), new Host(plugin)];
      await Promise.all(hosts.map((host) => host.until('listening')));
      const processor = await processorOf('acme.shared');
      const outcomes = { answered: 0, 'may have run': 0, 'has not run': 0 };
      let isKilled = false;
      let after = 0;
      const call = async (): Promise<void> => {
        const begun = isKilled;
        const code = await processor['getParameter']?.(64).then(
          () => undefined,
          (error: { code: string }) => error.code,
        );
        if (code === undefined) {
          outcomes.answered++;
          if (begun) after++;
        } else if (code === 'WP_BRIDGE') outcomes['has not run']++;
        else {
          expect(['WP_QUOTA_WALL', 'WP_BRIDGE_IN_DOUBT']).toContain(code);
          outcomes['may have run']++;
        }
      };
      const lanes = Array.from({ length: 16 }, async (_, lane) => {
        for (let index = 0; index < 100; index++) {
          if (lane === 0 && index === 30) {
            await hosts[0]?.end('SIGKILL');
            isKilled = true;
          }
          await call();
        }
      });
      await Promise.all(lanes);
      expect(outcomes.answered + outcomes['may have run'] + outcomes['has not run']).toBe(1600);
      // Those that the killed host had: at most one a lane.
      expect(outcomes['may have run']).toBeLessThanOrEqual(16);
      expect(outcomes['has not run']).toBe(0);
      expect(after).toBeGreaterThan(500);
    },
  );

  it(
    'has one host at a time of a plugin with a state, which the next one goes on with',
    { timeout: 60_000 },
    async () => {
      const plugin = pluginFolder('stateful', { state: { schema: 1 } });
      const first = new Host(plugin);
      await first.until('listening');
      const second = new Host(plugin);
      await second.until('waiting');
      const processor = await processorOf('acme.stateful');
      await processor['setParameter']?.(64, -7);
      // The first one saves as it ends; the second one takes over at once.
      await first.end('SIGTERM');
      await second.until('listening');
      expect(await processor['getParameter']?.(64)).toBe(-7);
      await processor['setParameter']?.(64, 5);
      const third = new Host(plugin);
      await third.until('waiting');
      await second.until('saved');
      await second.end('SIGKILL');
      await third.until('listening');
      expect(await processor['getParameter']?.(64)).toBe(5);
    },
  );
});
