import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { credentials, type ChannelCredentials, type Client } from '@grpc/grpc-js';
import { PluginError, printable } from '@wasm-plugin/abi';
import { openClient, HEALTH_REQUEST_WIRE, HEALTH_RESPONSE_WIRE, HEALTH_STATUS } from '../grpc/index.js';
import { createCertificate, pemFromLine, type Certificate } from './certificate.node.js';
import { parseHandshakeLine, type Handshake, type HandshakeLine } from './handshake.js';

/** Options of a go-plugin's process. */
export interface GoPluginStart extends Handshake {
  /** @default none */
  args?: readonly string[];
  /** Its environment beside go-plugin's own variables. @default `PATH` alone */
  env?: Readonly<Record<string, string>>;
  /** True if each side proves by a certificate of this connection that it is the other's. @default true */
  autoMtls?: boolean;
  /** The longest time until it serves, in milliseconds. @default 10,000 */
  startMs?: number;
  /** Called with its output, line by line, unchecked. @default not called */
  onOutput?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Hears the id of each process. */
  onStart?: (pid: number) => void;
}

/** A go-plugin that serves. */
export interface GoPluginProcess {
  readonly child: ChildProcess;
  readonly client: Client;
  readonly line: HandshakeLine;
  readonly tls: { own: Certificate; other: string } | undefined;
  /** Resolves with the reason of its end. */
  readonly ended: Promise<string>;
}

/** The longest line that is taken. */
const MOST_LINE = 64 * 1024;

/**
 * Starts a plugin of hashicorp/go-plugin and waits until it is healthy.
 * @throws {PluginError} WP_BRIDGE it ends, says something else, speaks another version, or takes too long
 */
export async function startGoPlugin(
  command: string,
  { cwd, ...options }: GoPluginStart & { cwd?: string },
): Promise<GoPluginProcess> {
  const { args = [], env, autoMtls = true, startMs = 10_000, protocolVersions = [1] } = options;
  const own = autoMtls ? await createCertificate() : undefined;
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...(env ?? { PATH: process.env['PATH'] ?? '' }),
      [options.cookieKey]: options.cookieValue,
      PLUGIN_PROTOCOL_VERSIONS: protocolVersions.join(','),
      PLUGIN_MIN_PORT: '10000',
      PLUGIN_MAX_PORT: '25000',
      ...(own === undefined ? {} : { PLUGIN_CLIENT_CERT: own.cert }),
    },
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (child.pid !== undefined) options.onStart?.(child.pid);
  let last = '';
  const hear = (line: string, stream: 'stdout' | 'stderr'): void => {
    if (line.trim() !== '') last = line.slice(0, MOST_LINE);
    options.onOutput?.(line, stream);
  };
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => {
      const end = code === null ? `it was ended by ${String(signal)}` : `it ended with the exit code ${code}`;
      resolve(last === '' ? end : `${end}; it wrote "${printable(last, { mostLength: 500 })}"`);
    });
  });
  const fail = (reason: string): PluginError =>
    new PluginError('WP_BRIDGE', `Cannot start the Go plugin "${command}": ${reason}`);
  try {
    createInterface({ input: child.stderr }).on('line', (line) => hear(line, 'stderr'));
    const text = await Promise.race([
      firstLine(child, hear),
      ended.then((end) => Promise.reject(fail(end))),
      late(startMs).then(() => Promise.reject(fail(`no line came in ${startMs} ms`))),
    ]);
    const line = parseHandshakeLine(text, options);
    if (own !== undefined && line.certificate === undefined)
      throw fail('it has no certificate; "autoMtls" is set');
    const tls = own === undefined ? undefined : { own, other: pemFromLine(line.certificate ?? '') };
    const client = clientOf(line, tls);
    await healthy(client, startMs).catch((error: Error) => {
      client.close();
      throw fail(error.message);
    });
    return { child, client, line, tls, ended };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** Settles with the first line of a process; later lines go to `hear`. A line without an end is no line. */
function firstLine(child: ChildProcess, hear: (line: string, stream: 'stdout') => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let text: string | undefined = '';
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      if (text === undefined) {
        for (const line of part.split('\n')) if (line !== '') hear(line, 'stdout');
        return;
      }
      text += part;
      const end = text.indexOf('\n');
      if (end < 0) {
        if (text.length > MOST_LINE)
          reject(new PluginError('WP_BRIDGE', 'Cannot start the Go plugin: its line is too long'));
        return;
      }
      const line = text.slice(0, end);
      text = undefined;
      resolve(line);
    });
  });
}

function late(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/** Opens a channel to a place of the other side. */
export function clientOf(
  { network, address }: { network: string; address: string },
  tls: GoPluginProcess['tls'],
): Client {
  const channel: ChannelCredentials =
    tls === undefined
      ? credentials.createInsecure()
      : credentials.createSsl(Buffer.from(tls.other), Buffer.from(tls.own.key), Buffer.from(tls.own.cert));
  const text = network === 'unix' ? `unix:${address}` : address;
  return openClient({ secure: tls !== undefined, targets: [{ text, host: 'localhost' }] }, { channel });
}

function healthy(client: Client, ms: number): Promise<void> {
  const deadline = Date.now() + ms;
  return new Promise((resolve, reject) => {
    client.waitForReady(deadline, (error) => {
      if (error !== undefined && error !== null) return reject(error);
      client.makeUnaryRequest(
        '/grpc.health.v1.Health/Check',
        HEALTH_REQUEST_WIRE.serialize,
        HEALTH_RESPONSE_WIRE.deserialize,
        { service: 'plugin' },
        { deadline },
        (failed, answer) => {
          if (failed !== null) reject(failed);
          else if (answer?.status === HEALTH_STATUS.serving) resolve();
          else reject(new Error('it is not healthy'));
        },
      );
    });
  });
}
