import { generate } from 'selfsigned';

/** A certificate and its key, as PEM. */
export interface Identity {
  cert: string;
  key: string;
}

const YEAR_MS = 365 * 24 * 3600 * 1000;

/** Makes a certificate for a name and 127.0.0.1, signed by an authority or by itself. */
export async function identity(
  name: string,
  { expired = false, authority = false, by }: { expired?: boolean; authority?: boolean; by?: Identity } = {},
): Promise<Identity> {
  const end = expired ? Date.now() - YEAR_MS : Date.now() + YEAR_MS;
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(end - YEAR_MS),
    notAfterDate: new Date(end),
    extensions: [
      { name: 'basicConstraints', cA: authority, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: authority, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
    ...(by && { ca: by }),
  });
  return { cert, key };
}
