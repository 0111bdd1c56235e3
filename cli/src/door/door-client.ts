import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { resolve } from 'node:path';
import { CliError } from '../cli-error.js';
import { readConfig, readToken } from '../host/index.js';

/** Names under which the configuration of a host is looked for. */
const FILES = ['wasm-plugin.config.yaml', 'wasm-plugin.config.yml', 'wasm-plugin.config.json'];

/** Place of a host's door. */
export interface DoorAddress {
  readonly unix?: string | undefined;
  readonly port?: number | undefined;
  readonly token?: string | undefined;
}

/**
 * Finds the door of a host by its configuration.
 * @param file the configuration. @default the one in the present folder
 * @throws {CliError} there is no configuration, no door in it, or no token
 */
export async function findDoor(file: string | undefined): Promise<DoorAddress> {
  const found = file ?? FILES.find((name) => existsSync(name));
  if (found === undefined)
    throw new CliError(`Cannot find the host: there is no ${FILES.join(' or ')} in "${resolve('.')}"`, {
      hint: 'Name it with --file',
    });
  const { door } = await readConfig(found);
  if (door === undefined)
    throw new CliError(`Cannot find the host: "${found}" has no "door"`, {
      hint: 'Add "door": { "unix": "door.sock" } to it, and start the host anew',
    });
  const { unix, port, tokenFile } = door;
  return { unix, port, token: tokenFile === undefined ? undefined : readToken(tokenFile) };
}

const MOST_BYTES = 64 * 2 ** 20;

/**
 * Asks a host something.
 * @returns the JSON, or the text, that it answers with
 * @throws {CliError} the host does not run, refuses, or says that something failed
 */
export async function askHost(address: DoorAddress, method: 'GET' | 'POST', path: string): Promise<unknown> {
  const { unix, port, token } = address;
  const { status, type, text } = await new Promise<{ status: number; type: string; text: string }>(
    (done, fail) => {
      const asked = request(
        {
          method,
          path,
          ...(unix === undefined ? { host: '127.0.0.1', port } : { socketPath: unix }),
          headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }) },
        },
        (response) => {
          let body = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            body += chunk;
            if (body.length > MOST_BYTES) asked.destroy(new Error('the answer is too long'));
          });
          response.on('end', () =>
            done({
              status: response.statusCode ?? 0,
              type: response.headers['content-type'] ?? '',
              text: body,
            }),
          );
        },
      );
      asked.on('error', (error: NodeJS.ErrnoException) => fail(unreachable(error, unix ?? `port ${port}`)));
      asked.end();
    },
  );
  const value: unknown = type.startsWith('application/json') ? JSON.parse(text) : text;
  if (status === 200) return value;
  const { message = `status ${status}`, code } =
    (value as { error?: { message?: string; code?: string } }).error ?? {};
  throw new CliError(message, { code });
}

function unreachable(error: NodeJS.ErrnoException, place: string): CliError {
  const runs = error.code === 'ECONNREFUSED' || error.code === 'ENOENT';
  const reason = runs ? 'no host listens there' : error.message;
  return new CliError(`Cannot reach the host at "${place}": ${reason}`, {
    hint: runs ? 'Start it with "wasm-plugin host FILE"' : undefined,
  });
}
