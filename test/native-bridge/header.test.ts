import { describe, expect, it } from 'vitest';
import { STRUCTS } from '../../native-bridge/src/library/native-abi.js';
import { missingCompiler, runC } from './compile-c.js';

const missing = missingCompiler();

describe.skipIf(missing !== undefined)(`wasm_plugin.h${missing === undefined ? '' : `: ${missing}`}`, () => {
  it.each(Object.entries(STRUCTS))('lays the struct %s out as the carrier reads it', (name, struct) => {
    const fields = Object.entries(struct.fields);
    const lines = fields.map(([field]) => `printf("%zu ", offsetof(wasm_plugin_${name}, ${field}));`);
    const text = `#include <stddef.h>\n#include <stdio.h>\n#include "wasm_plugin.h"
      int main(void) { ${lines.join('\n')} printf("%zu", sizeof(wasm_plugin_${name})); }`;
    const offsets = fields.map(([, { offset }]) => offset);
    expect(runC(text).split(' ').map(Number)).toEqual([...offsets, struct.size]);
  });
});
