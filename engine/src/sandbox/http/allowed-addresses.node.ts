import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { AddressList } from './address-list.node.js';
import { Refused } from './error-code.node.js';
import { isPrivateAddress } from './private-address.js';
import type { RequestThreadData } from './request-message.js';
import type { WireRequest } from './transport.js';

/** Rules about the addresses that may be connected to. */
export type AddressRules = Pick<RequestThreadData, 'hosts' | 'privateNetworks'>;

type Callback = (error: Error | null, addresses: LookupAddress[]) => void;

/** Refuses a host that is an address which may not be connected to. @throws {Refused} */
export function refusePrivateHost(wire: WireRequest): void {
  const host = bare(wire.host);
  if (isIP(host) !== 0 && wire.privateAddresses !== 'all' && isPrivateAddress(host))
    throw new Refused({ tag: 'destination-IP-prohibited' });
}

/**
 * Resolves a name to those of its addresses that may be connected to, and has exactly these connected to: a name that resolves to
 * something else the next time changes nothing.
 */
export function allowedLookup(wire: WireRequest, rules: AddressRules): LookupFunction {
  return (name, options, callback) => {
    resolve(name, wire, rules, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const [first] = addresses as [LookupAddress];
      return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}

/**
 * Decides about a name that a proxy will resolve. As far as it is known here too, the same rules hold; a name that only the proxy
 * knows is left to the proxy.
 * @throws {Refused}
 */
export function refusePrivateName(wire: WireRequest, rules: AddressRules): Promise<void> {
  refusePrivateHost(wire);
  const host = bare(wire.host);
  if (isIP(host) !== 0 || wire.privateAddresses === 'all') return Promise.resolve();
  // Some resolvers take a name that ends in a number for an address in a notation of their own.
  if (/(?:^|\.)(?:\d+|0x[0-9a-f]*)$/.test(host))
    return Promise.reject(new Refused({ tag: 'destination-IP-prohibited' }));
  return new Promise((done, refuse) => {
    resolve(host, wire, rules, (error) => {
      if (error instanceof Refused && error.errorCode.tag === 'destination-IP-prohibited') refuse(error);
      else done();
    });
  });
}

function resolve(name: string, wire: WireRequest, { hosts, privateNetworks }: AddressRules, done: Callback) {
  const networks = new AddressList(wire.privateAddresses === 'networks' ? privateNetworks : []);
  const isAllowed = ({ address }: LookupAddress): boolean =>
    wire.privateAddresses === 'all' || !isPrivateAddress(address) || networks.has(address);
  const answer = (error: Error | null, addresses: LookupAddress[]): void => {
    if (error !== null) return done(error, []);
    const allowed = addresses.filter(isAllowed);
    if (allowed.length > 0) return done(null, allowed);
    const tag = addresses.length === 0 ? 'destination-not-found' : 'destination-IP-prohibited';
    return done(new Refused({ tag }), []);
  };
  const known = Object.hasOwn(hosts, name) ? hosts[name] : undefined;
  if (known === undefined) return lookup(name, { all: true }, answer);
  return answer(
    null,
    known.map((address) => ({ address, family: isIP(address) })),
  );
}

/** An address without brackets. */
export function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
