import { setTimeout as sleep } from 'node:timers/promises';
import { registryError } from './registry-error.js';

/** Options of a request. */
export interface RequestOptions extends Omit<RequestInit, 'signal'> {
  /** Answers with these are for the caller; others that are no success throw. @default none */
  accept?: readonly number[];
}

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5000;
/** Until the answer begins; its body has as long as it comes. */
const ANSWER_MS = 30_000;
const LARGEST_TEXT = 16 * 2 ** 20;

/** Returns true if the same request may succeed later. */
function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/**
 * Makes a request, again after a while if the server is busy or the connection is lost.
 * @param registry names it in messages
 * @throws {PluginError} WP_REGISTRY
 */
export async function request(
  registry: string,
  url: string,
  { accept = [], ...init }: RequestOptions = {},
): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt === ATTEMPTS;
    const [response, error] = await attemptOf(url, init);
    if (response !== undefined) {
      if (response.ok || accept.includes(response.status)) return response;
      if (isLast || !isPassing(response.status)) throw await refusal(registry, url, response);
      await response.body?.cancel();
    } else if (isLast)
      throw registryError(registry, `"${url}" cannot be reached: ${reasonOf(error)}`, { cause: error });
    const asked = Number(response?.headers.get('retry-after') ?? Number.NaN) * 1000;
    const waitMs = Number.isFinite(asked) ? asked : FIRST_WAIT_MS * 2 ** (attempt - 1);
    await sleep(Math.min(Math.max(waitMs, 0), LONGEST_WAIT_MS));
  }
}

async function attemptOf(url: string, init: RequestInit): Promise<[Response | undefined, unknown?]> {
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(new Error(`no answer within ${ANSWER_MS / 1000} s`)), ANSWER_MS);
  try {
    return [await fetch(url, { ...init, signal: ended.signal })];
  } catch (error) {
    return [undefined, error];
  } finally {
    clearTimeout(timer);
  }
}

/** Reads a body of text that is not too long. @throws {PluginError} WP_REGISTRY */
export async function textOf(registry: string, response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > LARGEST_TEXT)
        throw registryError(registry, `the answer of "${response.url}" is longer than ${LARGEST_TEXT} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (length > LARGEST_TEXT) throw error;
    throw registryError(registry, `the answer of "${response.url}" is cut off: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Reads a body of JSON. @throws {PluginError} WP_REGISTRY */
export async function jsonOf(registry: string, response: Response): Promise<unknown> {
  const text = await textOf(registry, response);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw registryError(registry, `the answer of "${response.url}" is not JSON`, { cause: error });
  }
}

async function refusal(registry: string, url: string, response: Response): Promise<Error> {
  const said = await textOf(registry, response).catch(() => '');
  const words = said.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
  const meaning =
    response.status === 401 || response.status === 403
      ? '; it wants WASM_PLUGIN_REGISTRY_USER and WASM_PLUGIN_REGISTRY_PASSWORD'
      : '';
  return registryError(
    registry,
    `"${url}" answers ${response.status}${meaning}${words === '' ? '' : `: ${words}`}`,
  );
}

/** Returns the system's reason for a failed connection. */
export function reasonOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  return cause?.code ?? (cause?.message || message || String(error));
}
