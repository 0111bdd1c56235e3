import { PluginError } from '@wasm-plugin/abi';

/** Terms that both sides of go-plugin must share: `plugin.HandshakeConfig`. */
export interface Handshake {
  /** `MagicCookieKey`, a variable of the environment. It keeps people from starting a plugin by hand; it protects nothing. */
  cookieKey: string;
  cookieValue: string;
  /** `ProtocolVersion`, or those of `VersionedPlugins`. @default [1] */
  protocolVersions?: readonly number[];
}

/** Content of a plugin's handshake line. */
export interface HandshakeLine {
  /** The version of the plugin's own protocol. */
  protocolVersion: number;
  network: 'unix' | 'tcp';
  address: string;
  /** Its certificate, in base64, with AutoMTLS. */
  certificate: string | undefined;
}

/** The version of the line. */
const CORE_VERSION = 1;

/**
 * Reads the line of a plugin: `1|3|unix|/tmp/plugin123|grpc|MIIB…`.
 * @throws {PluginError} WP_BRIDGE it is none, or of another version or protocol
 */
export function parseHandshakeLine(line: string, { protocolVersions = [1] }: Handshake): HandshakeLine {
  const fail = (reason: string): PluginError =>
    new PluginError('WP_BRIDGE', `Cannot use the Go plugin: ${reason}`);
  const shown = JSON.stringify(line.length > 200 ? `${line.slice(0, 200)}…` : line);
  const [core, own, network, address, protocol = 'netrpc', certificate] = line.trim().split('|');
  if (own === undefined || network === undefined || address === undefined || address === '')
    throw fail(`its first line is ${shown}; wanted "1|VERSION|unix|PATH|grpc"`);
  if (core !== String(CORE_VERSION))
    throw fail(`its line is of the version ${JSON.stringify(core)}, wanted 1`);
  if (!protocolVersions.includes(Number(own)))
    throw fail(
      `it speaks the version ${JSON.stringify(own)}; this side speaks ${protocolVersions.join(', ')}`,
    );
  if (protocol !== 'grpc') throw fail(`it speaks ${JSON.stringify(protocol)}; this side speaks "grpc" alone`);
  if (network !== 'unix' && network !== 'tcp') throw fail(`it listens at ${JSON.stringify(network)}`);
  return {
    protocolVersion: Number(own),
    network,
    address,
    certificate: certificate === undefined || certificate === '' ? undefined : certificate,
  };
}

/** Writes the line of a plugin. The seventh part is for hosts that ask about it: others take six. */
export function formatHandshakeLine(
  { protocolVersion, network, address, certificate = '' }: HandshakeLine,
  { asksMultiplex }: { asksMultiplex: boolean },
): string {
  const parts = [CORE_VERSION, protocolVersion, network, address, 'grpc', certificate];
  return (asksMultiplex ? [...parts, 'false'] : parts).join('|');
}
