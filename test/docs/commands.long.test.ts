import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPluginHost } from '@wasm-plugin/engine/host';
import { createFileStore } from '@wasm-plugin/engine/reload';
import { beforeAll, describe, expect, it } from 'vitest';
import { counterFiles } from '../host/counter-host.js';
import { BIN, plainEnvironment } from '../cli/run-cli.js';
import { commandsOf, documents, patternOf } from './read-document.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = join(ROOT, 'test/dist/commands');
const FILES = ['README.md', 'cli/README.md', ...documents(ROOT)];

/** Ways to run certain commands. All others run as they are, one after the other in one folder. */
interface Way {
  /** A part of it. */
  has: string;
  /** The folder that it runs in, in the one with all. */
  folder?: string;
  /** Output after which it is ended: it would run on. */
  until?: RegExp;
  /** The test that runs it or the like, and why it is not run here. */
  elsewhere?: [test: string, why: string];
}

const WAYS: readonly Way[] = [
  { has: 'grpcurl', elsewhere: ['test/native-bridge/grpc', 'needs grpcurl'] },
  { has: '--proto', elsewhere: ['test/native-bridge/grpc', 'needs grpcurl'] },
  { has: 'nats micro', elsewhere: ['test/native-bridge/nats', 'needs a server of NATS'] },
  {
    has: 'npm install',
    elsewhere: ['test/cli/new.long.test.ts', 'needs a registry; there the packed packages are installed'],
  },
  { has: 'npm ci', elsewhere: ['.ci/run', 'installs the repository'] },
  { has: 'npm run demo', elsewhere: ['test/demo', 'builds, which other tests must not see'] },
  { has: 'npm test', elsewhere: ['.ci/run', 'runs this test'] },
  { has: 'npm run', elsewhere: ['.ci/run', 'builds, which other tests must not see'] },
  { has: 'wasm-plugin rollout', elsewhere: ['test/cli/rollout.long.test.ts', 'needs a server of NATS'] },
  { has: 'wasm-plugin serve', elsewhere: ['test/cli/serve.test.ts', 'needs certificates'] },
  { has: 'wasm-plugin types', folder: 'greeter' },
  { has: 'wasm-plugin dev', until: /Hello, Ada!/ },
];

const COMMANDS = FILES.flatMap((file) => commandsOf(ROOT, file)).filter(
  ({ text }, index, all) => all.findIndex((other) => other.text === text) === index,
);

beforeAll(async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, 'plugins'), { recursive: true });
  for (const name of ['abi', 'examples', 'plugins-as', 'plugins-rust'])
    symlinkSync(join(ROOT, name), join(FOLDER, name));
  cpSync(join(ROOT, 'examples/plugins/greeter-rust'), join(FOLDER, 'plugins/greeter-rust'), {
    recursive: true,
    filter: (path) => !/target|\.wasm-plugin/.test(path),
  });
  cpSync(join(ROOT, 'test/guests/wasi/build/words.wasm'), join(FOLDER, 'words.wasm'));
  writeFileSync(join(FOLDER, 'notes.txt'), 'one two');
  writeFileSync(join(FOLDER, 'input.txt'), 'three');
  writeFileSync(join(FOLDER, 'host.js'), '');
  const host = createPluginHost({ grants: ['log'], store: createFileStore(join(FOLDER, 'state')) });
  await host.add(counterFiles(1, { id: 'acme.counter' }));
  await host.load('acme.counter');
  await host.save('acme.counter');
  await host.close();
});

async function run(
  command: string,
  { folder = '.', until }: Partial<Way>,
): Promise<{ printed: string; code: number | null }> {
  const line = command.replaceAll('npx wasm-plugin', `"${process.execPath}" "${BIN}"`);
  const child = spawn(line, {
    cwd: join(FOLDER, folder),
    env: plainEnvironment(),
    shell: true,
    detached: true,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (until?.test(printed) === true && child.exitCode === null)
        process.kill(-(child.pid as number), 'SIGINT');
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { printed, code };
}

describe('the commands in the documents', () => {
  it.each(COMMANDS)('$text', async ({ text, printed: promised }) => {
    const way: Partial<Way> = WAYS.find(({ has }) => text.includes(has)) ?? {};
    const { elsewhere } = way;
    if (elsewhere !== undefined) {
      expect(existsSync(join(ROOT, elsewhere[0])), elsewhere[1]).toBe(true);
      return;
    }
    const { printed, code } = await run(text, way);
    if (way.until === undefined)
      expect({ code, printed: code === 0 ? '' : printed }).toEqual({ code: 0, printed: '' });
    else expect(printed).toMatch(way.until);
    for (const line of promised) expect(printed).toMatch(patternOf(line));
  });
});
