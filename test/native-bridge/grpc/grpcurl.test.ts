import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWN_SERVICES } from '@wasm-plugin/native-bridge/grpc';
import { goProgram, lacks } from '../../support/go-program.js';
import { BIN, plainEnvironment, repoFile, runCli, temporaryFolder } from '../../cli/run-cli.js';

const folder = temporaryFolder();
const grpcurl = goProgram('github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.3');
const ABI = 'wasm_plugin.abi.v0_1';

const HEALTH = `syntax = "proto3";
package grpc.health.v1;
message HealthCheckRequest { string service = 1; }
message HealthCheckResponse {
  enum ServingStatus { UNKNOWN = 0; SERVING = 1; NOT_SERVING = 2; SERVICE_UNKNOWN = 3; }
  ServingStatus status = 1;
}
service Health {
  rpc Check(HealthCheckRequest) returns (HealthCheckResponse);
}
`;

/** Calls a method of the plugin that is served as a plain client does. */
async function call(method: string, data: object, { fails = false } = {}): Promise<unknown> {
  const protos = ['wasm_plugin/abi/v0_1.proto', 'health.proto', 'own.proto'].flatMap((file) => [
    '-proto',
    file,
  ]);
  const args = ['-plaintext', '-import-path', join(folder, 'proto'), ...protos, '-d', JSON.stringify(data)];
  const path = 'path' in grpcurl ? grpcurl.path : '';
  try {
    const { stdout } = await promisify(execFile)(path, [...args, address, method]);
    return JSON.parse(stdout);
  } catch (error) {
    if (fails) return (error as { stderr: string }).stderr;
    throw error;
  }
}

let address = '';
const closers: (() => unknown)[] = [];

describe.skipIf(lacks(grpcurl))('grpcurl', () => {
  beforeAll(async () => {
    const plugin = join(folder, 'eq');
    mkdirSync(plugin);
    copyFileSync(repoFile('plugins-as/build/eq.wasm'), join(plugin, 'plugin.wasm'));
    const manifest = {
      id: 'acme.eq',
      name: 'Equalizer',
      version: '1.2.0',
      world: 'wasm-plugin:abi/audio-effect',
      entry: 'plugin.wasm',
    };
    writeFileSync(join(plugin, 'plugin.json'), JSON.stringify(manifest));
    const written = runCli([
      'types',
      join(plugin, 'plugin.wasm'),
      '--proto',
      '-o',
      join(folder, 'proto'),
      '--json',
    ]);
    expect(JSON.parse(written.stdout)).toMatchObject({ files: ['wasm_plugin/abi/v0_1.proto'], leftOut: [] });
    writeFileSync(join(folder, 'proto/health.proto'), HEALTH);
    writeFileSync(join(folder, 'proto/own.proto'), OWN_SERVICES);
    const child = spawn(process.execPath, [BIN, 'serve', plugin, '--grpc', '0', '--json', '--fuel', '1e9'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: plainEnvironment(),
    });
    closers.push(async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    address = (JSON.parse(String(line)) as { address: string }).address.replace('grpc://', '');
  });

  afterAll(async () => {
    for (const close of closers) await close();
  });

  it('calls a WebAssembly plugin: values of every kind, and errors of its own', async () => {
    const processor = `${ABI}.Processor`;
    expect(await call(`${processor}/SetParameter`, { id: 64, value: 3.5 })).toEqual({ ok: {} });
    expect(await call(`${processor}/GetParameter`, { id: 64 })).toEqual({ ok: 3.5 });
    expect(await call(`${processor}/GetParameter`, { id: 7 })).toEqual({ err: { unknownParameter: 7 } });
    expect(await call(`${processor}/Describe`, {})).toMatchObject({
      value: {
        name: 'Parametric equalizer',
        ports: [{ direction: 'DIRECTION_INPUT' }, { direction: 'DIRECTION_OUTPUT' }],
      },
    });
    const setup = { sample_rate_hz: 48_000, max_frames: 4, channels: 1 };
    expect(await call(`${processor}/Prepare`, { setup })).toEqual({ ok: {} });
    const block = [1, -0.5, 0.25, 0];
    const processed = await call(`${processor}/Process`, { inputs: [{ value: block }] });
    expect(processed).toMatchObject({ value: [{ value: expect.any(Array) as number[] }] });
    expect(await call(`${ABI}.State/Serialize`, {})).toMatchObject({ ok: expect.any(String) as string });
  });

  it('asks for health, and for what there is', async () => {
    const health = 'grpc.health.v1.Health/Check';
    expect(await call(health, {})).toEqual({ status: 'SERVING' });
    expect(await call(health, { service: `${ABI}.Processor` })).toEqual({ status: 'SERVING' });
    expect(await call(health, { service: 'nobody' }, { fails: true })).toContain('NotFound');
    expect(await call('wasm_plugin.v1.Plugin/Describe', {})).toMatchObject({
      line: expect.stringContaining('"id":"acme.eq"') as string,
    });
  });
});
