import { CliError } from '../cli-error.js';

const MAGIC = [0x00, 0x61, 0x73, 0x6d];
/** The older WASI, called Preview 1, to which languages without components compile. */
const PREVIEW_1 = 'wasi_snapshot_preview1';

/**
 * Refuses a file that is no component: the error names its kind and the next step.
 * @throws {CliError}
 */
export function refuseOtherFile(path: string, bytes: Uint8Array): void {
  const refuse = (what: string, hint?: string): CliError =>
    new CliError(`Cannot load "${path}": ${what}`, { hint, code: 'WP_MODULE_MALFORMED' });
  if (bytes.length === 0) throw refuse('the file is empty');
  if (MAGIC.some((byte, index) => bytes[index] !== byte)) throw refuse(...describeOther(path, bytes));
  if (bytes[6] === 0x00 && bytes[4] === 0x01) {
    throw refuse('it is a core module, not a component', componentize(path, bytes));
  }
}

function describeOther(path: string, bytes: Uint8Array): [what: string, hint?: string] {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 2048)).trimStart();
  if (/^(;;[^\n]*\n\s*)*\(\s*(component|module)\b/.test(start)) {
    return [
      'it is WebAssembly text, not a binary',
      `Encode it first, e.g. with "wasm-tools parse ${path} -o component.wasm"`,
    ];
  }
  if (path.endsWith('.wit') || /^(\/\/[^\n]*\n\s*)*package\s+[a-z][\w-]*:/.test(start)) {
    return ['it is WIT text, not a component', 'Encode it with "wasm-plugin wit build"'];
  }
  return ['it is not a WebAssembly file', 'A WebAssembly file starts with the bytes 00 61 73 6d'];
}

/** Returns advice on making a component of a core module. */
function componentize(path: string, bytes: Uint8Array): string {
  const content = Buffer.from(bytes);
  if (content.includes(PREVIEW_1))
    return componentizePreview1(path, { isProgram: content.includes('_start') });
  const make = `"npx @bytecodealliance/jco new ${path} -o component.wasm" makes a component of it`;
  if (content.includes('component-type')) return `It says which world it is for, so ${make}`;
  return `Embed a WIT world in it first ("npx @bytecodealliance/jco embed"); then ${make}`;
}

/** Its calls of Preview 1 have to become those of WASI 0.2: by the compiler's target, or by an adapter. */
function componentizePreview1(path: string, { isProgram }: { isProgram: boolean }): string {
  const adapter = isProgram ? 'command' : 'reactor';
  return (
    `It is for WASI Preview 1 ("${PREVIEW_1}"). Compile it for WASI 0.2, where the compiler can (Rust: --target ` +
    `wasm32-wasip2); or add an adapter: "npx @bytecodealliance/jco new ${path} --wasi-${adapter} -o component.wasm"`
  );
}
