import { readFileSync } from 'node:fs';
import { PluginError } from '@wasm-plugin/abi';
import { decodeModule } from '@wasm-plugin/engine/module';
import { describe, expect, it } from 'vitest';

interface Malformed {
  /** `script:line` in the core conformance suite. */
  readonly name: string;
  readonly message: string;
  readonly module: string;
}

/** Faults inside function bodies, which are found only by a walk over them. */
const IN_BODIES: Record<string, number> = {
  'END opcode expected': 1,
  'data count section required': 2,
  'illegal opcode ff': 1,
  'integer representation too long': 3,
  'integer too large': 7,
  'malformed memop flags': 2,
  'section size mismatch': 1,
  'too many locals': 2,
  'unexpected end of section or function': 2,
};

const CASES = JSON.parse(
  readFileSync(new URL('../golden/module/malformed.json', import.meta.url), 'utf8'),
) as Malformed[];

function refuses({ module }: Malformed): boolean {
  try {
    decodeModule(new Uint8Array(Buffer.from(module, 'base64')));
    return false;
  } catch (error) {
    if (!PluginError.is(error)) throw error;
    return true;
  }
}

describe('decodeModule(), of the binaries that the core suite calls malformed', () => {
  const accepted = CASES.filter((each) => !refuses(each));

  it('refuses by itself all but those that are wrong within a body', () => {
    expect([CASES.length, CASES.length - accepted.length]).toEqual([711, 690]);
    const messages: Record<string, number> = {};
    for (const { message } of accepted) messages[message] = (messages[message] ?? 0) + 1;
    expect(messages).toEqual(IN_BODIES);
  });

  it('leaves none that the engine accepts', () => {
    const bytes = (each: Malformed) => new Uint8Array(Buffer.from(each.module, 'base64'));
    expect(accepted.filter((each) => WebAssembly.validate(bytes(each)))).toEqual([]);
  });
});
