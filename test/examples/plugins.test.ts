import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../cli/run-cli.js';
import { ROOT } from './start-program.js';

const folder = temporaryFolder();

function pathOf(language: string): string {
  return join(ROOT, 'examples/plugins', `greeter-${language}`);
}

/** Returns the reason for which a plugin in JavaScript cannot be built here; `undefined` if it can. */
function missingForJavaScript(): string | undefined {
  if (Number(process.versions.node.split('.')[0]) < 22) return 'componentize-qjs needs Node.js 22';
  try {
    createRequire(import.meta.url).resolve('componentize-qjs');
    return undefined;
  } catch {
    return 'componentize-qjs is not installed';
  }
}

function greetingOf(component: string): string {
  const { stdout, stderr } = runCli(['run', component, '--export', 'greet', '--args', '["Ada"]']);
  return stdout.trim() || stderr;
}

const missing = missingForJavaScript();

describe('examples/plugins', () => {
  it('has a plugin in AssemblyScript as its sources say, byte by byte', () => {
    const output = join(folder, 'plugin.wasm');
    expect(runCli(['build', pathOf('assemblyscript'), '--force', '-o', output])).toMatchObject({ code: 0 });
    const checkedIn = readFileSync(join(pathOf('assemblyscript'), 'plugin.wasm'));
    expect(readFileSync(output).equals(checkedIn)).toBe(true);
  });

  it('has a plugin in Rust that greets, as "list" says', () => {
    const { code, stdout } = runCli(['list', pathOf('rust'), '--load', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ plugins: [{ id: 'com.example.greeter-rust', problems: [] }] });
    expect(greetingOf(join(pathOf('rust'), 'plugin.wasm'))).toBe('"Hello, Ada, from Rust!"');
  });

  it.skipIf(missing)(
    `has a plugin in JavaScript that builds and greets${missing === undefined ? '' : ` (skipped: ${missing})`}`,
    () => {
      const output = join(folder, 'javascript.wasm');
      expect(runCli(['build', pathOf('javascript'), '--force', '-o', output])).toMatchObject({ code: 0 });
      expect(greetingOf(output)).toBe('"Hello, Ada, from JavaScript!"');
    },
  );
});
