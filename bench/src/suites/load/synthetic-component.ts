import { componentEmbed, componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';
import { ByteWriter } from '@wasm-plugin/engine/module';
import { seededRandom } from '../../harness/index.js';
import { writeFunctionBody } from './function-body.js';

const WIT = 'package bench:synthetic; world synthetic { export run: func(value: u32) -> u32; }';
const PREAMBLE = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const I32 = 0x7f;

/** Makes a component of about `bytes` bytes, nearly all of them code of many functions. */
export async function syntheticComponent(bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const binary = await componentEmbed({ binary: syntheticModule(bytes), witSource: WIT, world: 'synthetic' });
  return new Uint8Array(await componentNew(binary, []));
}

function syntheticModule(bytes: number): Uint8Array {
  const bodies = functionBodies(bytes);
  const count = bodies.length;
  const writer = new ByteWriter(bytes + 65_536);
  for (const byte of PREAMBLE) writer.byte(byte);
  section(writer, 1, (content) => {
    for (const byte of [1, 0x60, 1, I32, 1, I32]) content.byte(byte);
  });
  section(writer, 3, (content) => content.vector(bodies, () => content.u32(0)));
  section(writer, 5, (content) => {
    for (const byte of [1, 0, 1]) content.byte(byte);
  });
  section(writer, 7, (content) => {
    content.u32(2);
    content.name('run');
    content.byte(0);
    content.u32(count - 1);
    content.name('memory');
    content.byte(2);
    content.u32(0);
  });
  section(writer, 10, (content) => content.vector(bodies, (body) => content.sized(body)));
  return writer.copy();
}

function functionBodies(bytes: number): Uint8Array[] {
  const random = seededRandom(bytes);
  const bodies: Uint8Array[] = [];
  const body = new ByteWriter();
  for (let left = bytes; left > 0; left -= body.view().length + 3) {
    body.length = 0;
    writeFunctionBody(body, bodies.length, random);
    bodies.push(body.copy());
  }
  return bodies;
}

function section(writer: ByteWriter, id: number, write: (content: ByteWriter) => void): void {
  const content = new ByteWriter();
  write(content);
  writer.byte(id);
  writer.sized(content.view());
}
