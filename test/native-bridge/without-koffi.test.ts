import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Starts a native library where npm has not installed koffi. */
const PROGRAM = `
import Module from 'node:module';
const resolve = Module._resolveFilename;
Module._resolveFilename = function (name, ...rest) {
  if (name === 'koffi') throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' });
  return resolve.call(this, name, ...rest);
};
const { DEFAULT_LIMITS, resolveLimits } = await import('@wasm-plugin/abi');
const { memoryFiles } = await import('@wasm-plugin/abi/package');
const { library, rpc } = await import('@wasm-plugin/native-bridge');
console.log(typeof rpc());
try {
  const plugin = await library().load(
    { id: 'acme.x', version: '1.0.0', entry: 'x.so', files: memoryFiles({ 'x.so': new Uint8Array(8) }) },
    { limits: resolveLimits({}, { base: DEFAULT_LIMITS }) },
  );
  await plugin.instantiate({ imports: {} });
} catch (error) {
  console.log(error.code, error.message);
}
`;

it('library() names what installs koffi, and rpc() does not need it', () => {
  const printed = execFileSync(process.execPath, ['--input-type=module'], {
    input: PROGRAM,
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(printed.trim().split('\n')).toEqual([
    'object',
    expect.stringMatching(/^WP_CARRIER Cannot run native libraries: .*"npm install koffi@3" installs it$/),
  ]);
});
