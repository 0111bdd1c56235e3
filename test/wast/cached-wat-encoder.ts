import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cacheFolder } from './folders.js';
import { goldenBinary } from './golden-texts.js';
import { WatEncoder } from './wat-encoder.js';
import type { EncodedText } from './wat-encoder.js';

/** Part of the key: rises when the kept data changes. */
const FORMAT = 1;

/** As on disk: base64 of a binary, or a refusal. */
type StoredText = string | { refusal: string };

/**
 * Encodes texts through a cache on disk, under `node_modules/.cache`. One file holds the texts of one call, named by a
 * hash of them and of the parser's version, so nothing in it grows stale.
 */
export class CachedWatEncoder {
  readonly #encoder = new WatEncoder();
  readonly #version: string;

  constructor() {
    const require = createRequire(import.meta.url);
    const tools = require.resolve('@bytecodealliance/jco-transpile/wasm-tools');
    const manifest = require(tools.replace(/dist.wasm-tools\.js$/, 'package.json')) as { version: string };
    this.#version = manifest.version;
  }

  /** Encodes `texts`, in order. Texts that the parser cannot read are looked up among the checked-in binaries. */
  async encode(texts: readonly string[]): Promise<EncodedText[]> {
    const encoded = texts.length === 0 ? [] : await this.#encodeAll(texts);
    return encoded.map((result, index) => {
      const bytes = 'refusal' in result ? goldenBinary(texts[index] as string) : undefined;
      return bytes === undefined ? result : { bytes };
    });
  }

  async close(): Promise<void> {
    await this.#encoder.close();
  }

  async #encodeAll(texts: readonly string[]): Promise<EncodedText[]> {
    const key = createHash('sha256')
      .update(JSON.stringify([FORMAT, this.#version, texts]))
      .digest('hex');
    const file = new URL(`${key}.json`, cacheFolder());
    const stored = await readFile(file, 'utf8').catch(() => undefined);
    if (stored !== undefined) return (JSON.parse(stored) as StoredText[]).map(fromStored);
    const encoded = await this.#encoder.encode(texts);
    await mkdir(new URL('.', file), { recursive: true });
    const draft = new URL(`${key}.${process.pid}.draft`, file);
    await writeFile(draft, JSON.stringify(encoded.map(toStored)));
    await rename(draft, file);
    return encoded;
  }
}

function toStored(text: EncodedText): StoredText {
  return 'bytes' in text ? Buffer.from(text.bytes).toString('base64') : text;
}

function fromStored(text: StoredText): EncodedText {
  return typeof text === 'string' ? { bytes: new Uint8Array(Buffer.from(text, 'base64')) } : text;
}
