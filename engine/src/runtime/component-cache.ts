import type { CompiledComponent } from './compiled-component.js';
import { equalBytes } from './equal-bytes.js';

/** How a component is compiled that is not in the cache. */
export interface CacheMiss {
  /** Names what the result depends on beside the bytes: components of different variants are never shared. */
  variant: string;
  compile(bytes: Uint8Array): Promise<CompiledComponent>;
}

interface Entry {
  bytes: Uint8Array;
  variant: string;
  compiled: Promise<CompiledComponent>;
}

/**
 * Keeps compiled components, those used last, and finds them by their bytes. Loads of the same bytes at the same time share
 * one compilation. A failure is not kept.
 *
 * Bytes are compared, not hashed: a component keeps its bytes anyway, comparing takes less time than a cryptographic hash,
 * and needs neither `crypto` nor trust in a weaker one.
 */
export class ComponentCache {
  readonly #maxBytes: number;
  /** Least recently used first. */
  readonly #entries = new Set<Entry>();
  #bytes = 0;

  /** @param maxBytes how many bytes of component binaries it holds; 0 turns it off */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Gives the compiled component of `bytes`, which may change as soon as this returns. */
  get(bytes: Uint8Array, { variant, compile }: CacheMiss): Promise<CompiledComponent> {
    const known = this.#find(bytes, variant);
    if (known === undefined) return this.#add(new Uint8Array(bytes), { variant, compile });
    this.#entries.delete(known);
    this.#entries.add(known);
    // A failure may speak of the load that came first: this one is to fail by itself.
    return known.compiled.catch(() => compile(known.bytes));
  }

  /** Forgets every component. */
  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  #find(bytes: Uint8Array, variant: string): Entry | undefined {
    for (const entry of this.#entries) {
      if (entry.variant === variant && equalBytes(entry.bytes, bytes)) return entry;
    }
    return undefined;
  }

  #add(bytes: Uint8Array, { variant, compile }: CacheMiss): Promise<CompiledComponent> {
    const compiled = compile(bytes);
    if (bytes.length > this.#maxBytes) return compiled;
    const entry = { bytes, variant, compiled };
    this.#entries.add(entry);
    this.#bytes += bytes.length;
    for (const oldest of this.#entries) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#remove(oldest);
    }
    compiled.catch(() => this.#remove(entry));
    return compiled;
  }

  #remove(entry: Entry): void {
    if (this.#entries.delete(entry)) this.#bytes -= entry.bytes.length;
  }
}
