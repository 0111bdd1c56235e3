import { isIP } from 'node:net';
import * as tls from 'node:tls';
import type { RequestThreadData } from './request-message.js';

/** The certificate has to be for the granted host, in spite of the guest and the environment of the process. */
export function tlsSettings(
  host: string,
  { authorities }: Pick<RequestThreadData, 'authorities'>,
): tls.ConnectionOptions {
  return {
    servername: isIP(host) === 0 ? host : '',
    rejectUnauthorized: true,
    ...(authorities.length > 0 && { ca: [...nodesAuthorities(), ...authorities] }),
  };
}

function nodesAuthorities(): readonly string[] {
  // Node 20 does not have it; there, certificates that are added by NODE_EXTRA_CA_CERTS are not known here.
  const { getCACertificates } = tls as { getCACertificates?: () => string[] };
  return getCACertificates?.() ?? tls.rootCertificates;
}
