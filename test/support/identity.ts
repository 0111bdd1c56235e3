import { generate } from 'selfsigned';

/** A certificate and its key, as PEM. */
export interface Identity {
  cert: string;
  key: string;
}

/** Content of a certificate. */
export interface IdentityOptions {
  /** The names that it is for. @default the common name, where there is no `ip` */
  names?: string[];
  ip?: string;
  /** True if its time is over. @default false */
  expired?: boolean;
  /** True if it may sign others. @default false */
  authority?: boolean;
  /** Signer. @default itself */
  by?: Identity;
}

/** The names of this machine, for a certificate. */
export const LOCAL: IdentityOptions = { names: ['localhost'], ip: '127.0.0.1' };

const YEAR_MS = 365 * 24 * 3600 * 1000;

/** Makes a certificate and its key. */
export async function identity(name: string, options: IdentityOptions = {}): Promise<Identity> {
  const { names = [], ip, expired = false, authority = false, by } = options;
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
          ...(names.length === 0 && ip === undefined ? [name] : names).map((value) => ({
            type: 2 as const,
            value,
          })),
          ...(ip === undefined ? [] : [{ type: 7 as const, ip }]),
        ],
      },
    ],
    ...(by && { ca: by }),
  });
  return { cert, key };
}
