import { ByteReader, ByteWriter } from '../../binary/index.js';
import { type CoreModule, type CustomSection, SECTION } from '../../module/index.js';
import type { BodyWriter } from '../code/index.js';

/** The custom section of branch hints. */
export const BRANCH_HINT_SECTION = 'metadata.code.branch_hint';

/** The guest's branch hints, to be carried to where the branches go. Malformed hints are dropped: they mean nothing. */
export class GuestHints {
  readonly #functions = new Map<number, Map<number, number>>();
  #current: Map<number, number> | undefined;
  #start = 0;

  constructor(module: Pick<CoreModule, 'customs'>) {
    const section = module.customs.find((custom) => custom.name === BRANCH_HINT_SECTION);
    if (section === undefined) return;
    try {
      this.#read(new ByteReader(section.bytes, { section: BRANCH_HINT_SECTION }));
    } catch {
      this.#functions.clear();
    }
  }

  #read(reader: ByteReader): void {
    for (let functions = reader.count(2); functions > 0; functions--) {
      const index = reader.u32();
      const hints = new Map<number, number>();
      for (let left = reader.count(3); left > 0; left--) {
        const offset = reader.u32();
        const [value] = reader.take(reader.u32());
        if (value === 0 || value === 1) hints.set(offset, value);
      }
      this.#functions.set(index, hints);
    }
  }

  /** Moves to a function whose body starts at `start`. */
  enter(index: number, start: number): void {
    this.#current = this.#functions.get(index);
    this.#start = start;
  }

  /** Notes the hint of the branch that stood at `at` and is written next. */
  carry(writer: BodyWriter, at: number): void {
    const value = this.#current?.get(at - this.#start);
    if (value !== undefined) writer.hints.push(writer.code.length, value);
  }
}

/** Collects the hints of the new module. */
export class HintSection {
  readonly #writer = new ByteWriter(1 << 12);
  #functions = 0;

  /** Adds a function's hints: offset, value pairs, offsets counted from `headerLength` before the first instruction. */
  add(index: number, hints: readonly number[], headerLength: number): void {
    if (hints.length === 0) return;
    this.#functions++;
    this.#writer.u32(index);
    this.#writer.u32(hints.length / 2);
    for (let at = 0; at < hints.length; at += 2) {
      this.#writer.u32((hints[at] as number) + headerLength);
      this.#writer.byte(1);
      this.#writer.byte(hints[at + 1] as number);
    }
  }

  /** Returns the section, which must come before the code; `undefined` without hints. */
  finish(): CustomSection | undefined {
    if (this.#functions === 0) return undefined;
    const bytes = new ByteWriter(this.#writer.length + 5);
    bytes.u32(this.#functions);
    bytes.copyFrom(this.#writer.bytes, 0, this.#writer.length);
    return { name: BRANCH_HINT_SECTION, bytes: bytes.view(), after: SECTION.FUNCTION };
  }
}
