import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../guests/wasi/script/', import.meta.url));
const TOOL = 'componentize-qjs';

/** An empty module but for a global of 1 + 2. */
const EXTENDED_CONST = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 6, 9, 1, 0x7f, 0, 0x41, 1, 0x41, 2, 0x6a, 0x0b,
]);

/** Reason for which the guest in JavaScript cannot run here, for the title of a skipped test. */
export const SCRIPT_UNAVAILABLE: string | undefined = WebAssembly.validate(EXTENDED_CONST)
  ? missingTool()
  : `Node ${process.versions.node} has no extended-const, which ${TOOL} writes`;

function missingTool(): string | undefined {
  try {
    createRequire(import.meta.url)(TOOL);
    return undefined;
  } catch {
    return `${TOOL} has no build for ${process.platform} on ${process.arch}`;
  }
}

/**
 * The guest in JavaScript as a component of 1 MB, which is too large to be checked in: it is built when it is first asked for,
 * and kept in the system's folder for temporary files as long as nothing that it is made of changes.
 */
export async function scriptGuest(): Promise<Uint8Array> {
  const source = readFileSync(join(FOLDER, 'script.js'), 'utf8');
  const file = join(tmpdir(), 'wasm-plugin-test', `script-${hashOf(source)}.wasm`);
  if (existsSync(file)) return readFileSync(file);
  const { componentize } = await import('componentize-qjs');
  const options = { world: 'script', sync: true, optSize: true };
  const { component } = await componentize({ witPath: join(FOLDER, 'wit'), jsSource: source, ...options });
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, component);
  renameSync(`${file}.${process.pid}`, file);
  return component;
}

function hashOf(source: string): string {
  const hash = createHash('sha256').update(source);
  for (const name of readdirSync(join(FOLDER, 'wit'), { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.wit')) hash.update(readFileSync(join(FOLDER, 'wit', name)));
  }
  hash.update(createRequire(import.meta.url).resolve(TOOL));
  hash.update(readFileSync(new URL('../package.json', import.meta.url)));
  return hash.digest('hex').slice(0, 16);
}
