import type { CoreModule } from '../module/index.js';

/** The names under which a metered module exports the host's items, apart from the guest's. */
export interface PrivateNames {
  /** The table whose only slot takes the hook. */
  readonly hook: string;
  readonly slice: string;
  readonly begin: string;
  readonly exchange: string;
  readonly used: string;
  readonly earlier: string;
  readonly unspent: string;
  readonly settle: string;
  readonly calls: string;
  /** The functions that set the limit on frames and return the peak; `undefined` if frames are not counted. */
  readonly frames: { readonly limit: string; readonly peak: string } | undefined;
  /** The start function, which does not run by itself; absent if there is none. */
  readonly start: string | undefined;
  /** By export name of a function: its armed twin. Empty for a module with more than 49,000 exports. */
  readonly armed: ReadonlyMap<string, string>;
}

/** Returns a prefix that no export of the module begins with. It stays short for any exports. */
export function privatePrefix(module: CoreModule): string {
  const taken = new Set(module.exports.map(({ name }) => /^\$meter\d*:/.exec(name)?.[0]));
  let prefix = '$meter:';
  for (let number = 2; taken.has(prefix); number++) prefix = `$meter${number}:`;
  return prefix;
}
