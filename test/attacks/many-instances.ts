import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { ByteWriter } from '@wasm-plugin/engine/module';

const HEADER = Uint8Array.from([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]);

/** A section of a component by its id. */
type Section = readonly [id: number, contents: (writer: ByteWriter) => unknown];

/** An alias of the export "f" of core instance 0, as a function. */
const ALIAS = [0x00, 0x00, 0x01, 0x00, 1, 0x66];
/** `func()` as a component type. */
const FUNC = [0x40, 0, 0x01, 0x00];

/** Definitions that a component may repeat as often as it likes, with the sections that they need before them. */
export const REPEATED: Readonly<
  Record<string, { before: readonly Section[]; id: number; item: readonly number[] }>
> = {
  lift: { before: [vectorOf(6, [ALIAS]), vectorOf(7, [FUNC])], id: 8, item: [0, 0, 0, 0, 0] },
  lower: {
    before: [vectorOf(6, [ALIAS]), vectorOf(7, [FUNC]), vectorOf(8, [[0, 0, 0, 0, 0]])],
    id: 8,
    item: [1, 0, 0, 0],
  },
  type: { before: [], id: 7, item: [0x70, 0x7d] },
  alias: { before: [], id: 6, item: ALIAS },
  resource: { before: [], id: 7, item: [0x3f, 0x7f, 0x00] },
};

function vectorOf(id: number, items: readonly (readonly number[])[]): Section {
  return [
    id,
    (writer) => {
      writer.u32(items.length);
      for (const item of items) writer.copyFrom(Uint8Array.from(item));
    },
  ];
}

/** Writes a component that makes `instances` instances of one that instantiates `core`, and then has `rest`. */
export async function manyInstances(
  core: string,
  { instances, rest = [] }: { instances: number; rest?: readonly Section[] },
): Promise<Uint8Array> {
  const module = await parse(core);
  const inner = component([[1, (writer) => writer.copyFrom(module)], vectorOf(2, [[0x00, 0, 0]]), ...rest]);
  return component([
    [4, (writer) => writer.copyFrom(inner)],
    vectorOf(
      5,
      Array.from({ length: instances }, () => [0x00, 0x00, 0x00]),
    ),
  ]);
}

/** The sections of one definition of `REPEATED`, `count` times. */
export function definitions(name: string, count: number): readonly Section[] {
  const { before, id, item } = REPEATED[name] as (typeof REPEATED)[string];
  return [
    ...before,
    vectorOf(
      id,
      Array.from({ length: count }, () => item),
    ),
  ];
}

function component(sections: readonly Section[]): Uint8Array {
  const writer = new ByteWriter(1024);
  writer.copyFrom(HEADER);
  for (const [id, contents] of sections) {
    const section = new ByteWriter(1024);
    contents(section);
    writer.byte(id);
    writer.sized(section.view());
  }
  return writer.copy();
}
