/** The smallest modules that need one feature each; the features name the missing ones. */
const PROBES: readonly (readonly [what: string, bytes: readonly number[]])[] = [
  ['carrier "wasm", on this thread and in threads', []],
  // (func (param v128))
  ['SIMD in components', [0x01, 0x05, 0x01, 0x60, 0x01, 0x7b, 0x00]],
  // (memory i64 0)
  ['memories of more than 4 GiB (memory64)', [0x05, 0x03, 0x01, 0x04, 0x00]],
  // (func (param exnref))
  ['exceptions with exnref', [0x01, 0x05, 0x01, 0x60, 0x01, 0x69, 0x00]],
];

const HEAD = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** Checks this JavaScript engine for each feature that components may need; returns the reason for each that is missing. */
export function canWasm(): [what: string, reason: string | undefined][] {
  return PROBES.map(([what, bytes]) => {
    const has = WebAssembly.validate(Uint8Array.of(...HEAD, ...bytes));
    return [
      what,
      has ? undefined : `the JavaScript engine of Node.js ${process.versions.node} does not have it`,
    ];
  });
}
