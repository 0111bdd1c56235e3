import { PluginError } from '@wasm-plugin/abi';

/** Address of a gRPC server or client. */
export interface GrpcPlace {
  /** True if by TLS. */
  readonly secure: boolean;
  /** Each server. `host` is not there for a Unix socket. */
  readonly targets: readonly { readonly text: string; readonly host: string | undefined }[];
}

/**
 * Reads an address: `grpc://host:port`, `grpcs://host:port`, with several separated by commas, or `unix:/path`.
 * @throws {PluginError} WP_CARRIER
 */
export function grpcPlace(address: string, verb: string): GrpcPlace {
  const fail = (): PluginError => {
    const wanted = 'wanted "grpc://localhost:port", "grpcs://host:port" or "unix:/path"';
    return new PluginError('WP_CARRIER', `Cannot ${verb} ${JSON.stringify(address)}: ${wanted}`);
  };
  if (/^(?:grpc\+)?unix:./.test(address))
    return { secure: false, targets: [{ text: address.replace(/^grpc\+/, ''), host: undefined }] };
  const [, scheme, rest = ''] = /^(grpcs?):\/\/([^/]+)\/?$/.exec(address) ?? [];
  if (scheme === undefined) throw fail();
  const targets = rest.split(',').map((text) => {
    const [, host] = /^(.+):\d{1,5}$/.exec(text) ?? [];
    if (host === undefined) throw fail();
    return { text, host };
  });
  return { secure: scheme === 'grpcs', targets };
}
