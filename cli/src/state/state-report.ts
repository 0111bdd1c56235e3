import { createHash } from 'node:crypto';
import type { SavedState } from '@wasm-plugin/engine/reload';

/** Description of a state. */
export interface StateReport {
  plugin: string;
  version: string;
  schema: number;
  abi: string;
  /** ISO 8601. */
  savedAt: string;
  lengthBytes: number;
  /** Of the plugin's own bytes, as hex. */
  sha256: string;
  preview: StatePreview;
}

/** The state as far as it can be shown; `hex` only has its beginning. */
export type StatePreview =
  { kind: 'json'; value: unknown } | { kind: 'text'; text: string } | { kind: 'hex'; text: string };

const HEX_BYTES = 64;

export function stateReport({ plugin, version, schema, abi, savedAt, payload }: SavedState): StateReport {
  return {
    plugin,
    version,
    schema,
    abi,
    savedAt: new Date(savedAt).toISOString(),
    lengthBytes: payload.length,
    sha256: createHash('sha256').update(payload).digest('hex'),
    preview: previewOf(payload),
  };
}

function previewOf(payload: Uint8Array): StatePreview {
  const text = textOf(payload);
  if (text === undefined) {
    return { kind: 'hex', text: Buffer.from(payload.subarray(0, HEX_BYTES)).toString('hex') };
  }
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'text', text };
  }
}

/** The text that some bytes are; `undefined` if they are none that a person could read. */
function textOf(payload: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    return /[^\P{Cc}\t\n\r]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
