import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Limits } from '@wasm-plugin/abi';
import { NatsServer } from '../../support/nats-server.js';
import { projectFolder } from '../../wast/index.js';

/** A plugin that is served: who it says it is, its component, and the limits of its engine. */
export interface Asked {
  id: string;
  version: string;
  component: Uint8Array;
  limits: Limits;
}

const BIN = fileURLToPath(new URL('cli/bin/wasm-plugin.js', projectFolder()));

/** The magic cookie of the plugins for hashicorp/go-plugin. */
export const COOKIE = { cookieKey: 'SUITE_PLUGIN', cookieValue: 'hello' };

/** Options of `wasm-plugin serve` for the limits that the cases set. */
const FLAGS: Partial<Record<string, string>> = { wallMs: '--wall', memoryBytes: '--memory' };

/** Processes of `wasm-plugin serve` and folders of plugins, which are used again until `close`. */
export class ServedPlugins {
  readonly #root = mkdtempSync(join(tmpdir(), 'served-plugins-'));
  readonly #folders = new Map<string, string>();
  readonly #served = new Map<string, Promise<string>>();
  readonly #children: ChildProcess[] = [];
  readonly #servers = new Map<string, Promise<NatsServer>>();
  #count = 0;

  /** A path that nothing is at yet. */
  freePath(): string {
    return join(this.#root, String(this.#count++));
  }

  /**
   * Returns the folder of a plugin, with executables that serve it: `start` on its standard streams,
   * `start-go` to a host of hashicorp/go-plugin.
   */
  folderOf(asked: Asked): string {
    const key = keyOf(asked);
    let folder = this.#folders.get(key);
    if (folder !== undefined) return folder;
    this.#folders.set(key, (folder = mkdtempSync(join(this.#root, 'plugin-'))));
    const { id, version, component } = asked;
    const permissions = ['log', 'config'].map((capability) => ({
      capability,
      reason: 'The suite asks for it.',
      required: false,
    }));
    const manifest = { id, name: id, version, world: 'test:suite/plugin', entry: 'plugin.wasm', permissions };
    writeFileSync(join(folder, 'plugin.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'plugin.wasm'), component);
    const cookie = `${COOKIE.cookieKey}=${COOKIE.cookieValue}`;
    for (const [name, ...way] of [
      ['start', '--stdio'],
      ['start-go', '--go-plugin', cookie],
    ] as const) {
      const command = [process.execPath, BIN, 'serve', folder, ...way, ...limitFlags(asked)];
      const script = `#!/bin/sh\nexec ${command.map((word) => `'${word}'`).join(' ')}\n`;
      writeFileSync(join(folder, name), script, { mode: 0o755 });
    }
    return folder;
  }

  /** Starts a NATS server for a plugin, once, and returns where it is. */
  async nats(asked: Asked): Promise<string> {
    const key = keyOf(asked);
    let server = this.#servers.get(key);
    if (server === undefined) this.#servers.set(key, (server = NatsServer.start()));
    return (await server).url;
  }

  /** Serves a plugin the way that `args` say, once, and returns where. */
  serve(asked: Asked, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const key = keyOf(asked);
    let address = this.#served.get(key);
    if (address === undefined) this.#served.set(key, (address = this.#start(asked, args, env)));
    return address;
  }

  async close(): Promise<void> {
    for (const child of this.#children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
      await once(child, 'exit');
      clearTimeout(timer);
    }
    for (const server of this.#servers.values()) await (await server).close();
    rmSync(this.#root, { recursive: true, force: true });
  }

  async #start(asked: Asked, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
    const command = [BIN, 'serve', this.folderOf(asked), '--json', ...args, ...limitFlags(asked)];
    const child = spawn(process.execPath, command, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', ...env },
    });
    this.#children.push(child);
    let [said, complaint] = ['', ''];
    child.stderr.on('data', (bytes) => (complaint += String(bytes)));
    return new Promise((resolve, reject) => {
      child.once('exit', () => reject(new Error(`it ended: ${complaint}`)));
      child.stdout.on('data', (bytes) => {
        said += String(bytes);
        const listening = said
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line) as { event: string; address?: string })
          .find(({ event }) => event === 'listening');
        if (listening?.address !== undefined) resolve(listening.address);
      });
    });
  }
}

function limitFlags({ limits }: Asked): string[] {
  return Object.entries(limits).flatMap(([name, value]) => {
    const flag = FLAGS[name];
    if (flag === undefined) throw new Error(`there is no option for "${name}"`);
    return [flag, String(value)];
  });
}

const numbers = new WeakMap<Uint8Array, number>();
let nextNumber = 0;

function keyOf({ id, version, component, limits }: Asked): string {
  let number = numbers.get(component);
  if (number === undefined) numbers.set(component, (number = nextNumber++));
  return JSON.stringify([id, version, number, limits]);
}
