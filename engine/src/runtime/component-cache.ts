import type { CompiledComponent } from './compiled-component.js';
import { equalBytes } from './equal-bytes.js';

/** Compiles a component that is not in the cache. */
export interface CacheMiss {
  /** Names further inputs of the result beside the bytes: components of different variants are never shared. */
  variant: string;
  compile(bytes: Uint8Array): Promise<CompiledComponent>;
}

interface Entry {
  bytes: Uint8Array;
  cost: number;
  variant: string;
  compiled: Promise<CompiledComponent>;
}

/** Bytes of even the smallest component: its model, its types, and V8's module. */
const LEAST_BYTES = 65_536;
/** The model, the module and its code, by the bytes of the binary. */
const BYTES_A_BYTE = 4;

/** Estimates the bytes that the engine keeps of a component, by the length of its binary. */
function keptBytes(length: number): number {
  return LEAST_BYTES + length * BYTES_A_BYTE;
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
  readonly #costOf: (length: number) => number;
  /** Least recently used first. */
  readonly #entries = new Set<Entry>();
  #bytes = 0;

  /**
   * @param maxBytes most bytes that it holds; 0 turns it off
   * @param costOf returns the bytes that a compiled component takes, by the length of its binary
   */
  constructor(maxBytes: number, costOf: (length: number) => number = keptBytes) {
    this.#maxBytes = maxBytes;
    this.#costOf = costOf;
  }

  /** Returns the compiled component of `bytes`, which may change as soon as this returns. */
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
    const cost = this.#costOf(bytes.length);
    if (cost > this.#maxBytes) return compiled;
    const entry = { bytes, cost, variant, compiled };
    this.#entries.add(entry);
    this.#bytes += cost;
    for (const oldest of this.#entries) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#remove(oldest);
    }
    compiled.catch(() => this.#remove(entry));
    return compiled;
  }

  #remove(entry: Entry): void {
    if (this.#entries.delete(entry)) this.#bytes -= entry.cost;
  }
}
