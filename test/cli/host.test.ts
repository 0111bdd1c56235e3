import { cpSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startHost, type HostLine, type HostProcess } from './host-process.js';
import { callCli, repoFile, temporaryFolder } from './run-cli.js';

const base = temporaryFolder();
let running: HostProcess | undefined;

afterEach(async () => {
  await running?.stop('SIGKILL');
  running = undefined;
});

/** A folder with a configuration and a counter. */
function place(config: string, name = 'wasm-plugin.config.yaml'): { folder: string; file: string } {
  const folder = mkdtempSync(join(base, 'host-'));
  const file = join(folder, name);
  writeFileSync(file, config);
  putCounter(folder, 1);
  return { folder, file };
}

function putCounter(folder: string, version: number, more: object = {}): void {
  const path = join(folder, 'plugins', 'counter');
  mkdirSync(path, { recursive: true });
  const manifest = {
    id: 'acme.counter',
    name: 'counter',
    version: `${version}.0.0`,
    world: 'wasm-plugin:counter/counter',
    entry: 'plugin.wasm',
    state: { schema: version, restores: version === 2 ? [1, 2] : [version] },
    permissions: [{ capability: 'log', reason: 'to announce', required: false }],
    config: { schema: { type: 'object', properties: { fault: { type: 'string' } } } },
    ...more,
  };
  writeFileSync(join(path, 'plugin.json'), JSON.stringify(manifest));
  cpSync(repoFile(`plugins-rust/build/counter-v${version}.wasm`), join(path, 'plugin.wasm'));
}

const to = (state: string) => (line: HostLine) => line.event === 'state' && line['to'] === state;

const YAML = `# a host of counters
folders:
  - plugins
grants: [log]
store: state
plugins:
  "acme.*":
    priority: 1
`;

describe('wasm-plugin host', () => {
  it('runs the plugins of a folder, follows it, and ends in order', async () => {
    const { folder, file } = place(YAML);
    running = startHost(file);
    expect(await running.until(({ event }) => event === 'running')).toMatchObject({
      plugins: [{ name: 'acme.counter', version: '1.0.0', state: 'ready' }],
    });
    putCounter(folder, 2);
    expect(await running.until(({ event, kind }) => event === 'watch' && kind === 'reloaded')).toMatchObject({
      plugin: 'acme.counter',
      to: '2.0.0',
      state: 'carried',
    });
    renameSync(join(folder, 'plugins', 'counter'), join(folder, 'plugins', '_counter'));
    await running.until(to('removed'));
    renameSync(join(folder, 'plugins', '_counter'), join(folder, 'plugins', 'counter'));
    await running.until(({ event, kind }) => event === 'life' && kind === 'restored');
    await running.until(to('ready'));
    expect(await running.stop('SIGINT')).toBe(0);
    const last = running.lines.slice(-6).map(({ event, kind, to: state }) => [event, kind ?? state]);
    expect(last).toContainEqual(['life', 'saved']);
    expect(last.at(-1)).toEqual(['stopped', undefined]);
  });

  it('takes an edit of the file up, says what needs a start, and leaves a wrong one alone', async () => {
    const { file } = place(YAML);
    running = startHost(file);
    await running.until(({ event }) => event === 'running');
    writeFileSync(file, `${YAML}superwise: true\n`);
    const failure = await running.until(({ event }) => event === 'failed');
    expect(failure).toMatchObject({
      what: 'configuration',
      error: { message: expect.stringMatching(/yaml:9:1 \$\.superwise .*"supervise"/) as string },
    });
    writeFileSync(file, `${YAML.replace('priority: 1', 'enabled: false')}stopMs: 10\n`);
    await running.until(to('disabled'));
    expect(await running.until(({ event }) => event === 'needs-start')).toMatchObject({
      options: ['stopMs'],
    });
    writeFileSync(file, YAML);
    await running.until(to('ready'));
    expect(await running.stop()).toBe(0);
  });

  it.each([
    ['folders: plugins\n', /yaml:1:1 \$\.folders is "plugins": must be/],
    ['folders: [a]\nlimits:\n  fuel: lots\n', /yaml:3:3 \$\.limits\.fuel/],
    ['folders: [a\n', /yaml:\d+:\d+ /],
    ['a: &a [x]\nfolders: *b\n', /Unresolved alias/],
  ])('refuses a configuration with the line: %j', async (text, message) => {
    const { file } = place(text);
    const { code, stderr } = await callCli(['host', file]);
    expect(code).toBe(1);
    expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(message);
    expect(stderr).toContain('WP_CONFIG');
  });

  it('reads JSON, with lines as well', async () => {
    const { file } = place('{\n  "folders": ["plugins"],\n  "grants": ["nothing"]\n}\n', 'host.json');
    const { stderr } = await callCli(['host', file]);
    expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(/host\.json:3:14 \$\.grants\[0\]/);
    expect((await callCli(['host', join(base, 'none.json')])).stderr).toContain('there is no such file');
  });

  it('lets an operator in: ps, stop, start, reload, rollback, health, logs, history, top', async () => {
    const { file } = place(`${YAML}metrics: true\naudit: audit.jsonl\ndoor: { unix: door.sock }\n`);
    const operate = (...args: string[]) => callCli([...args, '--file', file]);
    expect(await operate('ps')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no host listens') as string,
    });
    running = startHost(file);
    await running.until(({ event }) => event === 'running');
    expect((await operate('ps')).stdout).toMatch(
      /^plugin +version +state .*\nacme\.counter +1\.0\.0 +ready +wasm/,
    );
    expect((await operate('stop', 'acme.counter')).stdout).toBe('acme.counter is stopped\n');
    await running.until(to('disabled'));
    expect((await operate('start', 'acme.counter')).code).toBe(0);
    await running.until(to('ready'));
    expect((await operate('reload', 'acme.counter')).code).toBe(0);
    expect((await operate('rollback', 'acme.counter')).code).toBe(0);
    const again = await operate('rollback', 'acme.counter');
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('WP_RELOAD') as string });
    expect((await operate('health', 'acme.counter')).stdout).toContain('acme.counter is healthy');
    expect((await operate('history')).stdout).toMatch(/1\.0\.0 → 1\.0\.0 +rolled-back +operator/);
    expect((await operate('logs')).code).toBe(0);
    expect((await operate('top')).stdout).toMatch(/acme\.counter +ready +\d+/);
    expect(JSON.parse((await operate('ps', '--json')).stdout)).toMatchObject([{ plugin: 'acme.counter' }]);
    expect(await operate('stop', 'nobody')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nobody') as string,
    });
    expect(await running.stop()).toBe(0);
  });

  it('needs the token of its file at a port, and a door in the configuration', async () => {
    const { file } = place(YAML);
    expect((await callCli(['ps', '--file', file])).stderr).toContain('has no "door"');
    writeFileSync(file, `${YAML}door: { port: 7421, tokenFile: none/token }\n`);
    expect((await callCli(['ps', '--file', file])).stderr).toMatch(
      /Cannot read ".*none\/token": there is no such file/,
    );
  });
});
