import { AbiError } from '@wasm-plugin/abi';
import { decodeWorld } from '@wasm-plugin/engine/world';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { describe, expect, it } from 'vitest';
import { embeddedWorld, moduleFor } from '../support/wit.js';

const WIT = `package acme:audio@1.2.0;
interface types { record frame { left: f32, right: f32 } }
interface processor { use types.{frame}; process: func(frames: list<frame>) -> list<frame>; }
world effect { import types; import log: func(text: string); export processor; }`;

/** A package as \`wasm-tools component wit --wasm\` encodes it: one export for each interface and world. */
const PACKAGE = `(component
  (type (export "types") (component
    (type $i (instance (export "f" (func))))
    (export "acme:audio/types@1.2.0" (instance (type $i)))))
  (type (export "effect") (component
    (type $w (component (export "run" (func))))
    (export "acme:audio/effect@1.2.0" (component (type $w)))))
  (type (export "synth") (component
    (type $w (component (export "play" (func))))
    (export "acme:audio/synth@1.2.0" (component (type $w))))))`;

function errorOf(bytes: Uint8Array, name?: string): unknown {
  try {
    decodeWorld(bytes, name);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('decodeWorld() good input', () => {
  it('decodeWorld() reads the component-type section of a module', async () => {
    const world = decodeWorld(await embeddedWorld(WIT, 'effect'));
    expect(world.name).toBe('acme:audio/effect@1.2.0');
    expect([...world.type.imports.keys()]).toEqual(['acme:audio/types@1.2.0', 'log']);
    expect([...world.type.exports.keys()]).toEqual(['acme:audio/processor@1.2.0']);
  });

  it('decodeWorld() reads a module that embeds a world', async () => {
    expect(decodeWorld(await moduleFor(WIT, 'effect')).name).toBe('acme:audio/effect@1.2.0');
  });

  it.each(['synth', 'acme:audio/synth', 'acme:audio/synth@1.2.0'])(
    'decodeWorld() finds the world %s in a package',
    async (name) => {
      const world = decodeWorld(await parse(PACKAGE), name);
      expect(world.name).toBe('acme:audio/synth@1.2.0');
      expect([...world.type.exports.keys()]).toEqual(['play']);
    },
  );
});

describe('decodeWorld() bad input', () => {
  it('decodeWorld() wants a name where a package has several worlds', async () => {
    expect(errorOf(await parse(PACKAGE))).toMatchObject({
      code: 'WP_ABI_WORLD',
      message:
        'Cannot read the world: more than one world fits, name one of them: "acme:audio/effect@1.2.0", "acme:audio/synth@1.2.0"',
    });
  });

  it('decodeWorld() lists the worlds there are', async () => {
    expect(errorOf(await parse(PACKAGE), 'drum')).toMatchObject({
      message:
        'Cannot read the world: there is no world "drum", only "acme:audio/effect@1.2.0", "acme:audio/synth@1.2.0"',
    });
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('package a:b;')],
    ['a core module without a world', new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])],
    ['a torn core module', new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x00, 0x50])],
    ['a component that is no package', new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00])],
  ])('decodeWorld() refuses %s', (_, bytes) => {
    const error = errorOf(bytes);
    expect(error).toBeInstanceOf(AbiError);
    expect(error).toMatchObject({ code: 'WP_ABI_WORLD' });
  });
});
