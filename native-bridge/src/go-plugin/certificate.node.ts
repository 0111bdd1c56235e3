import { generate } from 'selfsigned';

/** A certificate for one connection, and its key, as PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

const DAY_MS = 24 * 3600 * 1000;

/** Makes a certificate for `localhost` that each side of one go-plugin connection trusts alone (AutoMTLS). */
export async function createCertificate(): Promise<Certificate> {
  const now = Date.now();
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - 30_000),
    notAfterDate: new Date(now + 3650 * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  });
  return { cert, key };
}

/** Returns the certificate as a handshake line has it: DER in base64 without padding. */
export function lineFromPem(cert: string): string {
  return cert.replaceAll(/-----[^-]+-----|\s/g, '').replace(/=+$/, '');
}

/** Returns a certificate of a handshake line as PEM. */
export function pemFromLine(text: string): string {
  const lines =
    Buffer.from(text, 'base64')
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
