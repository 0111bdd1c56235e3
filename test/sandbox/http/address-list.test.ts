import { describe, expect, it } from 'vitest';
import {
  AddressList,
  isNetwork,
  refuseBadNetwork,
} from '../../../engine/src/sandbox/http/address-list.node.js';

describe('AddressList.has()', () => {
  it.each([
    ['10.0.0.0/8', ['10.0.0.0', '10.255.255.255'], ['11.0.0.0', '9.255.255.255', '::ffff:b00:0']],
    ['192.168.1.7', ['192.168.1.7'], ['192.168.1.8']],
    ['0.0.0.0/0', ['1.2.3.4'], ['::1']],
    ['fd00::/8', ['fd12::1'], ['fc12::1', '10.0.0.1']],
    ['[::1]', ['::1'], ['::2', 'localhost', '']],
  ])('of %s', (network, inside, outside) => {
    const list = new AddressList([network]);
    expect(inside.filter((address) => !list.has(address))).toEqual([]);
    expect(outside.filter((address) => list.has(address))).toEqual([]);
  });

  it('of several has all of them', () => {
    const list = new AddressList(['10.0.0.0/8', '::1']);
    expect([list.has('10.1.1.1'), list.has('::1'), list.has('127.0.0.1')]).toEqual([true, true, false]);
  });
});

describe('isNetwork() and refuseBadNetwork()', () => {
  it.each([
    '10.0.0.0/33',
    '::/129',
    'example.com',
    '10.0.0',
    'fe80::1%eth0',
    '10.0.0.0/',
    '',
    '10.0.0.0/8/8',
  ])('refuse %j', (text) => {
    expect(isNetwork(text)).toBe(false);
    expect(() => refuseBadNetwork(text, 'x')).toThrow('Cannot use x: wanted a network');
    expect(() => new AddressList([text])).toThrow(TypeError);
  });

  it.each(['10.0.0.0/32', '::/128', '1.2.3.4', '[::1]/64'])('accept %s', (text) => {
    expect(isNetwork(text)).toBe(true);
    expect(() => refuseBadNetwork(text, 'x')).not.toThrow();
  });
});
