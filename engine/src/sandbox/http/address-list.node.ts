import { BlockList, isIP } from 'node:net';

/** Networks such as `10.0.0.0/8` and single addresses. */
export class AddressList {
  readonly #list = new BlockList();

  /** @throws {TypeError} for a text that is neither */
  constructor(texts: readonly string[]) {
    for (const text of texts) {
      const parsed = parse(text);
      if (parsed === undefined) throw new TypeError(`wanted a network such as "10.0.0.0/8" or an address`);
      if (parsed.bits === undefined) this.#list.addAddress(parsed.address, parsed.family);
      else this.#list.addSubnet(parsed.address, parsed.bits, parsed.family);
    }
  }

  has(address: string): boolean {
    const family = isIP(address);
    return family !== 0 && this.#list.check(address, family === 6 ? 'ipv6' : 'ipv4');
  }
}

/** @throws {TypeError} for a text that is neither a network nor an address */
export function refuseBadNetwork(text: string, name: string): void {
  if (parse(text) !== undefined) return;
  throw new TypeError(
    `Cannot use ${name}: wanted a network such as "10.0.0.0/8" or an address, got "${text}"`,
  );
}

/** Returns whether a text is a network or an address. */
export function isNetwork(text: string): boolean {
  return parse(text) !== undefined;
}

function parse(text: string): { address: string; bits?: number; family: 'ipv4' | 'ipv6' } | undefined {
  const [, name = '', bitsText] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = name.replace(/^\[|\]$/g, '');
  const version = isIP(address);
  if (version === 0 || address.includes('%')) return undefined;
  const family = version === 6 ? 'ipv6' : 'ipv4';
  if (bitsText === undefined) return { address, family };
  const bits = Number(bitsText);
  return bits <= (version === 6 ? 128 : 32) ? { address, bits, family } : undefined;
}
