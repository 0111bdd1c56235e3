import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PluginError } from '@wasm-plugin/abi';
import { Connection, dial } from '@wasm-plugin/native-bridge';

/** Outcome of the calls. */
export interface CallTally {
  answered: number;
  notRun: number;
  inDoubt: number;
  /** Calls that were answered twice or never, or whose code was not true. */
  wrong: string[];
  seconds: number;
  /** The most memory that this process had, in bytes. */
  rssBytes: number;
}

const AT_ONCE = 500;
/** The program of the plugin that writes down its calls: address, file, and for `tls:` certificate, key and authority. */
export const COUNTING_PEER = fileURLToPath(
  new URL(
    import.meta.url.includes('/dist/')
      ? 'counting-peer-main.js'
      : '../../dist/native-bridge/rpc/counting-peer-main.js',
    import.meta.url,
  ),
);

/**
 * Makes calls of a plugin in a process of its own, which is killed many times on the way. The plugin writes down each call before it
 * answers: so it shows whether the code of each call that failed was true.
 */
export async function makeManyCalls({ calls, kills }: { calls: number; kills: number }): Promise<CallTally> {
  const folder = mkdtempSync(join(tmpdir(), 'many-calls-'));
  const [socket, log] = [join(folder, 'socket'), join(folder, 'log')];
  const outcome = new Uint8Array(calls);
  const wrong: string[] = [];
  let rssBytes = 0;
  let peer: ChildProcess | undefined;
  let host: Connection | undefined;
  const begun = performance.now();
  const start = async (): Promise<void> => {
    rmSync(socket, { force: true });
    peer = spawn(process.execPath, [COUNTING_PEER, `unix:${socket}`, log], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(peer.stdout as NonNullable<typeof peer.stdout>, 'data');
    host = new Connection(await dial(`unix:${socket}`), { offers: [] });
    await host.opened;
  };
  try {
    await start();
    let next = 0;
    const each = calls / (kills + 1);
    for (let killed = 0; killed <= kills; killed++) {
      const until = Math.min(calls, Math.round((killed + 1) * each));
      const connection = host as Connection;
      // Killed in the middle of the last calls of its life.
      const killAt = killed < kills ? until - Math.ceil(AT_ONCE / 2) : Infinity;
      const lane = async (): Promise<void> => {
        while (next < until) {
          const own = next++;
          if (own === killAt) peer?.kill('SIGKILL');
          const code = await outcomeOf(connection, own);
          if (outcome[own] !== 0) wrong.push(`the call ${own} was answered twice`);
          outcome[own] = code;
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
      rssBytes = Math.max(rssBytes, process.memoryUsage.rss());
      if (killed === kills) break;
      connection.close();
      await start();
    }
    judge(outcome, { ran: ranFrom(log, calls), wrong });
  } finally {
    host?.close();
    peer?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
  const count = (code: number): number => outcome.reduce((sum, each) => sum + (each === code ? 1 : 0), 0);
  const seconds = (performance.now() - begun) / 1000;
  return { answered: count(1), notRun: count(2), inDoubt: count(3), wrong, seconds, rssBytes };
}

/** Makes a call. Returns 1 if it was answered, 2 if it did not run, 3 if it is in doubt, and 4 if it ended otherwise. */
export function outcomeOf(connection: Connection, number: number): Promise<number> {
  return connection.call(0, [number]).then(
    (value) => (value === number + 1 ? 1 : 4),
    ({ code }: PluginError) => (code === 'WP_BRIDGE' ? 2 : code === 'WP_BRIDGE_IN_DOUBT' ? 3 : 4),
  );
}

/** Reads the number of runs of each call. */
export function ranFrom(log: string, calls: number): Uint8Array {
  const ran = new Uint8Array(calls);
  const bytes = readFileSync(log);
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const call = bytes.readUInt32LE(at);
    ran[call] = (ran[call] ?? 0) + 1;
  }
  return ran;
}

/** Compares the outcomes of calls with their runs, and writes down what is not true. */
export function judge(outcome: Uint8Array, { ran, wrong }: { ran: Uint8Array; wrong: string[] }): void {
  for (let call = 0; call < outcome.length; call++) {
    const times = ran[call] ?? 0;
    if (times > 1) wrong.push(`the call ${call} ran ${times} times`);
    if (outcome[call] === 0) wrong.push(`the call ${call} was never answered`);
    if (outcome[call] === 1 && times !== 1) wrong.push(`the call ${call} was answered and did not run`);
    if (outcome[call] === 2 && times !== 0)
      wrong.push(`the call ${call} ran, and its code says that it did not`);
    if (outcome[call] === 4) wrong.push(`the call ${call} ended otherwise`);
  }
}
