import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { AddressList, isNetwork } from './address-list.node.js';
import { bare } from './allowed-addresses.node.js';
import { Refused } from './error-code.node.js';
import type { ProxySettings } from './proxy.js';
import type { RequestThreadData } from './request-message.js';
import { tlsSettings } from './tls-settings.node.js';
import type { WireRequest } from './transport.js';

/** Returns the proxy that a request goes through, if it goes through one. */
export function proxyFor(wire: WireRequest, settings: ProxySettings | undefined): URL | undefined {
  const address = wire.https ? settings?.https : settings?.http;
  if (address === undefined || settings?.except.some((each) => matches(each, wire))) return undefined;
  return new URL(address);
}

/** `example.com` and `.example.com` stand for the name and every name below it. */
function matches(exception: string, { host, port }: WireRequest): boolean {
  if (exception === '*') return true;
  const address = bare(host);
  if (isNetwork(exception)) return isIP(address) !== 0 && new AddressList([exception]).has(address);
  const [, name = '', portText] = /^(.*?)(?::(\d+))?$/.exec(exception) ?? [];
  if (portText !== undefined && Number(portText) !== port) return false;
  const wanted = name.replace(/^\*?\./, '').replace(/\.$/, '');
  return wanted !== '' && (host === wanted || address === bare(wanted) || host.endsWith(`.${wanted}`));
}

/** Returns the headers that make a request the host's at its proxy. */
export function proxyAuthorization({ username, password }: URL): string[] {
  if (username === '') return [];
  const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return ['Proxy-Authorization', `Basic ${Buffer.from(text).toString('base64')}`];
}

/** Asks a proxy for a connection to the host of a request. @throws {Refused} if the proxy does not make one */
export function openTunnel(
  { host, port }: WireRequest,
  { proxy, rules, signal }: { proxy: URL; rules: RequestThreadData; signal: AbortSignal },
): Promise<Socket> {
  const authority = `${host}:${port}`;
  const settings = {
    method: 'CONNECT',
    host: bare(proxy.hostname),
    port: proxy.port,
    path: authority,
    agent: false as const,
    setHost: false,
    headers: ['Host', authority, ...proxyAuthorization(proxy)] as never,
    signal,
  };
  const request =
    proxy.protocol === 'https:'
      ? httpsRequest({ ...settings, ...tlsSettings(bare(proxy.hostname), rules) })
      : httpRequest(settings);
  return new Promise((resolve, reject) => {
    request.on('connect', ({ statusCode }: IncomingMessage, socket: Socket, head: Buffer) => {
      if (statusCode === 200 && head.length === 0) return resolve(socket);
      socket.destroy();
      return reject(refusal(statusCode));
    });
    request.on('response', ({ statusCode }) => {
      request.destroy();
      reject(refusal(statusCode));
    });
    request.on('error', reject);
    request.end();
  });
}

function refusal(status: number | undefined): Refused {
  return new Refused({ tag: 'destination-unavailable' }, `the proxy answered with status ${status}`);
}
