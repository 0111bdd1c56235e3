import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** The packages that npm installs only where somebody asks for them. */
const OPTIONAL = ['native-bridge', 'plugins-as/sdk'].flatMap((folder) => {
  const text = readFileSync(`${ROOT}${folder}/package.json`, 'utf8');
  return Object.keys((JSON.parse(text) as { peerDependencies: object }).peerDependencies);
});

/** Makes this process one in which none of them is installed. */
const WITHOUT = `
import Module, { register } from 'node:module';
const OPTIONAL = ${JSON.stringify(OPTIONAL)};
const isOptional = (name) => OPTIONAL.some((each) => name === each || name.startsWith(each + '/'));
const refuse = () => { throw Object.assign(new Error('it is not installed'), { code: 'ERR_MODULE_NOT_FOUND' }); };
const find = Module._resolveFilename;
Module._resolveFilename = function (name, ...rest) { return isOptional(name) ? refuse() : find.call(this, name, ...rest); };
register('data:text/javascript,' + encodeURIComponent(
  'const OPTIONAL = ' + JSON.stringify(OPTIONAL) + ', isOptional = ' + isOptional + ', refuse = ' + refuse + ';' +
  'export const resolve = (name, context, next) => isOptional(name) ? refuse() : next(name, context);'));
`;

function run(program: string): { status: number | null; printed: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--no-deprecation', '--input-type=module'],
    {
      input: WITHOUT + program,
      cwd: ROOT,
      encoding: 'utf8',
    },
  );
  return { status, printed: stdout + stderr };
}

/** Runs the command line. */
function cli(...args: string[]): { status: number | null; printed: string } {
  const main = new URL('../cli/dist/main.js', import.meta.url).href;
  return run(
    `const { main } = await import('${main}'); process.exitCode = await main(${JSON.stringify(args)});`,
  );
}

const LIBRARY = `
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

describe('without the packages that npm installs only when asked', () => {
  it('library() names what installs koffi, and rpc() does not need it', () => {
    expect(run(LIBRARY).printed.trim().split('\n')).toEqual([
      'object',
      expect.stringMatching(/^WP_CARRIER Cannot run native libraries: .*"npm install koffi@3" installs it$/),
    ]);
  });

  it.each([
    [['--version'], /^\d/],
    [['inspect', 'examples/plugins/greeter-rust/plugin.wasm'], /world root/],
    [['list', 'examples/plugins/greeter-rust'], /greeter-rust/],
  ])('"wasm-plugin" with %j does its work', (args, wanted) => {
    const { status, printed } = cli(...args);
    expect(printed).toMatch(wanted);
    expect(status).toBe(0);
  });

  it('"wasm-plugin serve --grpc" names what to install', () => {
    const { status, printed } = cli('serve', 'examples/plugins/greeter-rust', '--grpc', '0');
    expect(printed).toMatch(/packages that this needs are not installed[\s\S]*npm install @grpc\/grpc-js/);
    expect(status).toBe(1);
  });
});
