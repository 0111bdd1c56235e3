import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser that the tests use, if this machine has one; `WASM_PLUGIN_CHROMIUM` names another. */
export const CHROMIUM = [process.env['WASM_PLUGIN_CHROMIUM'] ?? '', ...CANDIDATES].find((path) =>
  existsSync(path),
);

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Content of a page. */
export interface PageOptions {
  /** Folder whose files are served. */
  root: string;
  /** The page itself; it is to POST its result as JSON to `/result`. */
  html: string;
  /** The page's content security policy. */
  policy: string;
}

/** Opens a page in a real browser and returns the data that it posts. */
export async function runPage(options: PageOptions): Promise<unknown> {
  const profile = mkdtempSync(join(tmpdir(), 'wasm-plugin-chromium-'));
  let server: Server | undefined;
  let stop = async (): Promise<void> => undefined;
  try {
    return await new Promise((resolve, reject) => {
      server = serve(options, resolve);
      server.listen(0, '127.0.0.1', () => {
        const { port } = (server as Server).address() as AddressInfo;
        const browser = spawn(
          CHROMIUM as string,
          [
            '--headless',
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--autoplay-policy=no-user-gesture-required',
            `--user-data-dir=${profile}`,
            `http://127.0.0.1:${port}/`,
          ],
          { detached: true },
        );
        let log = '';
        browser.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
        browser.on('exit', (code) =>
          reject(new Error(`the browser ended with ${code}: ${log.slice(-2000)}`)),
        );
        stop = async () => {
          browser.removeAllListeners('exit');
          const ended = once(browser, 'exit');
          process.kill(-(browser.pid as number), 'SIGKILL');
          await ended;
        };
      });
    });
  } finally {
    await stop();
    server?.closeAllConnections();
    server?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

function serve({ root, html, policy }: PageOptions, done: (result: unknown) => void): Server {
  return createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (request.method === 'POST') {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      response.end();
      done(JSON.parse(body));
    } else if (path === '/') {
      response.setHeader('content-type', TYPES['.html'] as string);
      response.setHeader('content-security-policy', policy);
      response.end(html);
    } else {
      try {
        const bytes = await readFile(join(root, path));
        response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
        response.end(bytes);
      } catch {
        response.statusCode = 404;
        response.end();
      }
    }
  });
}
