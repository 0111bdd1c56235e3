import { ModuleError } from '@wasm-plugin/abi';

/** A proposal that not every JavaScript engine has, and how V8's message shows that a module needs it. */
interface Proposal {
  message: RegExp;
  name: string;
  /** The first release of Node.js that has it; `undefined` if none has it without a flag. */
  node: number | undefined;
}

const PROPOSALS: readonly Proposal[] = [
  { message: /is not allowed in constant expressions/, name: 'extended constant expressions', node: 22 },
  { message: /invalid numeric opcode: 0xfc1[3-6]/, name: 'wide arithmetic', node: undefined },
  { message: /experimental-wasm-exnref|opcode 0x1f\b/i, name: 'exception handling with exnref', node: 24 },
  {
    message: /experimental-wasm-memory64|memory64|invalid (?:memory|table) limits flags 0x[4-7]/i,
    name: '64-bit memories',
    node: 24,
  },
  { message: /multi-?memory|multiple memories/i, name: 'several memories in one module', node: 22 },
  {
    message: /experimental-wasm-(?:gc|typed-funcref)/,
    name: 'garbage collection and typed references',
    node: 22,
  },
  { message: /experimental-wasm-stringref/, name: 'stringref', node: undefined },
  {
    message: /experimental-wasm-wasmfx|experimental-wasm-stack-switching/,
    name: 'stack switching',
    node: undefined,
  },
  { message: /experimental-wasm-shared/, name: 'shared-everything threads', node: undefined },
];

/**
 * Makes the error for a core module that the JavaScript engine does not compile. If it is valid by a proposal that the engine
 * lacks, the error names that, and the release of Node.js that has it.
 */
export function compileError(
  cause: Error,
  { offset, section }: { offset: number; section?: string },
): ModuleError {
  const facts = { offset, cause, ...(section !== undefined && { section }) };
  const proposal = PROPOSALS.find(({ message }) => message.test(cause.message));
  if (proposal === undefined)
    return new ModuleError('WP_MODULE_INVALID', `a core module does not compile: ${cause.message}`, facts);
  const { name, node } = proposal;
  const remedy = node === undefined ? 'no release of Node.js has it' : `Node.js ${node} and newer have it`;
  const reason = `a core module needs the proposal "${name}", which this JavaScript engine does not have; ${remedy} (${cause.message})`;
  return new ModuleError('WP_MODULE_UNSUPPORTED', reason, facts);
}
