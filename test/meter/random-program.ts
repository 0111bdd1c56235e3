import { LAYOUT, RandomBody, type Uses } from './random-body.js';
import { moduleOf, name, section, unsigned, vector } from './wasm-builder.js';

const I32 = 0x7f;

/** Random whole numbers from a seed (SplitMix32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

/** A module of four functions `f0` to `f3` that call each other, with a memory, a table and a data segment. */
export function randomProgram(seed: number, uses: Uses): Uint8Array<ArrayBuffer> {
  const bodies = new RandomBody(randomFrom(seed), uses);
  const { arrays, wideMemory, legacyExceptions, exceptionReferences } = uses;
  const indices = Array.from({ length: LAYOUT.functions }, (_, at) => at);
  const references = [
    [1, 0x63, LAYOUT.types.bytes],
    [1, 0x63, LAYOUT.types.longs],
  ];
  const locals = vector([[LAYOUT.locals.numbers - 1, I32], ...(arrays ? references : [])]);
  const code = indices.map(() => {
    const body = [...locals, ...bodies.body(), 0x0b];
    return [...unsigned(body.length), ...body];
  });
  const typeOf = [
    [0x60, 1, I32, 1, I32],
    [0x60, 0, 0],
    [0x60, 1, I32, 0],
  ];
  const arrayTypes = [
    [0x5e, 0x78, 1],
    [0x5e, 0x7e, 1],
  ];
  const throws = legacyExceptions === true || exceptionReferences === true;
  return moduleOf(
    section(1, vector([...typeOf, ...(arrays ? arrayTypes : [])])),
    section(3, vector(indices.map(() => [0]))),
    section(4, vector([[0x70, 1, 8, 40]])),
    section(5, vector([[wideMemory ? 5 : 1, 1, 3]])),
    ...(throws
      ? [
          section(
            13,
            vector([
              [0, LAYOUT.types.nothing],
              [0, LAYOUT.types.number],
            ]),
          ),
        ]
      : []),
    section(7, vector(indices.map((at) => [...name(`f${at}`), 0, at]))),
    section(9, vector([[0, 0x41, 0, 0x0b, ...vector(indices.map((at) => [at]))]])),
    section(12, [1]),
    section(10, vector(code)),
    section(11, vector([[1, ...vector(Array.from({ length: 16 }, (_, at) => [at]))]])),
  );
}
