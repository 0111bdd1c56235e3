import { meterModule, type MeteredModule } from '@wasm-plugin/engine/meter';
import { expect } from 'vitest';
import { moduleOf, name, unsigned, vector } from './wasm-builder.js';

export const VOID = [0x60, 0, 0];
/** Multiple of the time of plain code of that size: far above the need here, far below the time of the quadratic way. */
const MOST_TIMES = 200;
export const LIMIT = expect.objectContaining({ code: 'WP_MODULE_LIMIT' });

/** Like `vector`, for items that would be too many for one spread. */
export function many(count: number, item: (at: number) => readonly number[]): number[] {
  const bytes = unsigned(count);
  for (let at = 0; at < count; at++) for (const byte of item(at)) bytes.push(byte);
  return bytes;
}

/** `moduleOf` for large sections. */
export function large(...sections: readonly (readonly [id: number, payload: readonly number[]])[]) {
  const parts = sections.map(([id, payload]) => Buffer.from([id, ...unsigned(payload.length)]));
  const bodies = sections.map(([, payload], at) =>
    Buffer.concat([parts[at] as Buffer, Buffer.from(payload)]),
  );
  return new Uint8Array(Buffer.concat([moduleOf(), ...bodies]));
}

export function body(code: readonly number[], locals: readonly number[] = [0]): number[] {
  const bytes = unsigned(locals.length + code.length + 1);
  for (const byte of locals) bytes.push(byte);
  for (const byte of code) bytes.push(byte);
  bytes.push(0x0b);
  return bytes;
}

export function one(code: readonly number[]): Uint8Array<ArrayBuffer> {
  return large(
    [1, vector([VOID])],
    [3, [1, 0]],
    [7, vector([[...name('f'), 0, 0]])],
    [10, many(1, () => body(code))],
  );
}

/** Processor time of this process, in milliseconds: other processes do not count. */
function spent(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const PLAIN_BYTES = 2 ** 18;
const plain = one(
  Array.from({ length: PLAIN_BYTES }, (_, at) => (at % 3 === 0 ? 0x41 : at % 3 === 1 ? 1 : 0x1a)).slice(
    0,
    PLAIN_BYTES - (PLAIN_BYTES % 3),
  ),
);

/** Meters a module, and compares its time with that of plain code of the same size, before it and after. */
export function bounded(bytes: Uint8Array): MeteredModule {
  const before = spent(() => meterModule(plain));
  let module: MeteredModule | undefined;
  let error: unknown;
  const taken = spent(() => {
    try {
      module = meterModule(bytes);
    } catch (thrown) {
      error = thrown;
    }
  });
  const after = spent(() => meterModule(plain));
  expect(taken / (Math.max(before, after) * Math.max(1, bytes.length / PLAIN_BYTES))).toBeLessThan(
    MOST_TIMES,
  );
  if (module === undefined) throw error;
  return module;
}
