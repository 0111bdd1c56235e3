import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

/** True if Debian's `docker-registry` is there. */
export const HAS_REGISTRY = spawnSync('docker-registry', ['--version']).error === undefined;

/** The command `wkg`, where it is there: on the path, or named by WASM_PLUGIN_WKG. */
export const WKG = [process.env['WASM_PLUGIN_WKG'] ?? '', 'wkg'].find(
  (path) => path !== '' && spawnSync(path, ['--version']).error === undefined,
);

/** Users of a registry: those of a file of passwords, or those to whom a server gives tokens that a certificate vouches for. */
export type OciAuth = { htpasswd: string } | { realm: string; service: string; issuer: string; cert: string };

/** Starts a registry on loopback, with nothing in it. @param auth who may use it; anybody unless given */
export async function ociServer(folder: string, auth?: OciAuth) {
  mkdirSync(join(folder, 'data'), { recursive: true });
  const port = await freePort();
  const config = `version: 0.1
log:
  level: error
storage:
  filesystem:
    rootdirectory: ${join(folder, 'data')}
http:
  addr: 127.0.0.1:${port}
${auth === undefined ? '' : authText(folder, auth)}`;
  writeFileSync(join(folder, 'config.yml'), config);
  const child = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  await listening(port);
  return {
    place: `oci://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    isKept: (digest: string): boolean =>
      existsSync(join(folder, `data/docker/registry/v2/blobs/sha256/${digest.slice(0, 2)}/${digest}/data`)),
    close: async (): Promise<void> => {
      child.kill();
      await once(child, 'exit');
    },
  };
}

function authText(folder: string, auth: OciAuth): string {
  const file = join(folder, 'auth');
  if ('htpasswd' in auth) {
    writeFileSync(file, auth.htpasswd);
    return `auth:\n  htpasswd:\n    realm: test\n    path: ${file}\n`;
  }
  const { realm, service, issuer, cert } = auth;
  writeFileSync(file, cert);
  return `auth:\n  token:\n    realm: ${realm}\n    service: ${service}\n    issuer: ${issuer}\n    rootcertbundle: ${file}\n`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('docker-registry does not answer');
}
