import { request as httpRequest, type ClientRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:tls';
import { allowedLookup, bare, refusePrivateHost, refusePrivateName } from './allowed-addresses.node.js';
import { openTunnel, proxyAuthorization, proxyFor } from './proxy.node.js';
import type { RequestThreadData } from './request-message.js';
import { tlsSettings } from './tls-settings.node.js';
import type { WireRequest } from './transport.js';

/** Largest headers of a response. */
const MOST_HEADER_BYTES = 65_536;
/** Most headers; the rest is left out. */
const MOST_HEADERS = 1000;

/** Options of a request. */
export interface OpenRequestOptions {
  rules: RequestThreadData;
  signal: AbortSignal;
  /** The connection is there. */
  onConnected: () => void;
  onError: (error: Error) => void;
}

/**
 * Opens the connection of a request, through a proxy if there is one, and returns the request without its body.
 * @throws {Refused} the address may not be connected to
 */
export async function openRequest(wire: WireRequest, options: OpenRequestOptions): Promise<ClientRequest> {
  const { rules, signal, onConnected, onError } = options;
  const host = bare(wire.host);
  const settings: RequestOptions = {
    method: wire.method,
    host,
    port: wire.port,
    path: wire.path,
    agent: false,
    setHost: false,
    headers: headersOf(wire) as unknown as NonNullable<RequestOptions['headers']>,
    maxHeaderSize: MOST_HEADER_BYTES,
    signal,
  };
  const proxy = proxyFor(wire, rules.proxy);
  let request: ClientRequest;
  if (proxy === undefined) {
    refusePrivateHost(wire);
    settings.lookup = allowedLookup(wire, rules);
    request = wire.https ? httpsRequest({ ...settings, ...tlsSettings(host, rules) }) : httpRequest(settings);
    request.on('socket', (socket) => socket.once(wire.https ? 'secureConnect' : 'connect', onConnected));
  } else {
    await refusePrivateName(wire, rules);
    if (wire.https) {
      const tunnel = await openTunnel(wire, { proxy, rules, signal });
      const socket = connect({ socket: tunnel, host, ...tlsSettings(host, rules) });
      socket.once('secureConnect', onConnected);
      const { agent: _none, ...direct } = settings;
      request = httpRequest({ ...direct, createConnection: () => socket });
    } else {
      request = throughProxy(proxy, wire, { settings, rules });
      request.on('socket', (socket) =>
        socket.once(proxy.protocol === 'https:' ? 'secureConnect' : 'connect', onConnected),
      );
    }
  }
  request.on('error', onError);
  request.maxHeadersCount = MOST_HEADERS;
  return request;
}

/** A request for a whole address, which the proxy makes. */
function throughProxy(
  proxy: URL,
  wire: WireRequest,
  { settings, rules }: { settings: RequestOptions; rules: RequestThreadData },
): ClientRequest {
  const headers = [...(settings.headers as unknown as string[]), ...proxyAuthorization(proxy)];
  const asked: RequestOptions = {
    ...settings,
    host: bare(proxy.hostname),
    port: proxy.port,
    path: `http://${authorityOf(wire)}${wire.path}`,
    headers: headers as unknown as NonNullable<RequestOptions['headers']>,
  };
  return proxy.protocol === 'https:'
    ? httpsRequest({ ...asked, ...tlsSettings(bare(proxy.hostname), rules) })
    : httpRequest(asked);
}

function headersOf(wire: WireRequest): string[] {
  const { body, headers } = wire;
  const own = headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  const length = body === 'none' ? 0 : body;
  const needsLength = length !== 0 || !/^(?:GET|HEAD|DELETE|OPTIONS|TRACE)$/.test(wire.method);
  const framing =
    length === 'chunks'
      ? ['Transfer-Encoding', 'chunked']
      : needsLength
        ? ['Content-Length', String(length)]
        : [];
  return ['Host', authorityOf(wire), ...own.flat(), ...framing, 'Connection', 'close'];
}

function authorityOf({ host, port, https }: WireRequest): string {
  return port === (https ? 443 : 80) ? host : `${host}:${port}`;
}
