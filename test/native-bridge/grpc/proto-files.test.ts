import { protoFiles } from '@wasm-plugin/native-bridge/grpc';
import type { InterfaceType } from '@wasm-plugin/native-bridge';
import { describe, expect, it } from 'vitest';
import { ECHO, VALUES } from '../rpc/echo-types.js';

const KV: InterfaceType = {
  get: { params: [['key', 'string']], result: { result: { ok: { list: 'u8' }, err: 'string' } } },
  put: {
    params: [
      ['key', 'string'],
      ['value', { list: 'u8' }],
    ],
    result: { result: { err: 'string' } },
  },
};

describe('protoFiles()', () => {
  it('writes a service for an interface, numbered in the order of WIT', () => {
    const { files } = protoFiles({ id: 'acme.kv', types: { 'acme:kv/store@0.2.1': KV } });
    expect(files).toEqual({
      'acme/kv/v0_2.proto': `syntax = "proto3";

package acme.kv.v0_2;

service Store {
  rpc Get(StoreGetRequest) returns (StoreGetResponse);
  rpc Put(StorePutRequest) returns (StorePutResponse);
}

message StoreGetRequest {
  string key = 1;
}
message StoreGetResponse {
  oneof result {
    bytes ok = 1;
    string err = 2;
  }
}

message StorePutRequest {
  string key = 1;
  bytes value = 2;
}
message StorePutResponse {
  message Nothing {}
  oneof result {
    Nothing ok = 1;
    string err = 2;
  }
}
`,
    });
  });

  it('has one package for versions that fit each other', () => {
    const path = (group: string): string | undefined =>
      protoFiles({ id: 'acme.kv', types: { [group]: { get: { params: [] } } } }).methods[0]?.path;
    expect(path('acme:kv/store@1.2.3')).toBe('/acme.kv.v1.Store/Get');
    expect(path('acme:kv/store@1.9.0')).toBe('/acme.kv.v1.Store/Get');
    expect(path('acme:kv/store@0.2.9')).toBe('/acme.kv.v0_2.Store/Get');
    expect(path('acme:kv/store')).toBe('/acme.kv.Store/Get');
    expect(path('')).toBe('/acme.kv.World/Get');
  });

  it('takes every value there and back', () => {
    const { methods, leftOut } = protoFiles({ id: 'test.echo', types: { 'test:echo/all': ECHO } });
    expect(leftOut).toEqual([]);
    for (const [name, , ...values] of VALUES) {
      const method = methods.find((each) => each.name === name);
      for (const value of values) {
        expect(method?.decodeRequest(method.encodeRequest([value])), name).toEqual([value]);
        expect(method?.decodeResponse(method.encodeResponse({ value })), name).toEqual(value);
      }
    }
  });

  it('refuses values that do not fit, of either side', () => {
    const { methods } = protoFiles({ id: 'test.echo', types: { 'test:echo/all': ECHO } });
    const method = (name: string) => methods.find((each) => each.name === name)!;
    expect(() => method('u8').encodeRequest([256])).toThrow('"value"');
    // A u32 is a message that a u8 has no room for.
    const wide = method('u32').encodeRequest([256]);
    expect(() => method('u8').decodeRequest(wide)).toThrow('"value"');
    expect(() => method('char').decodeRequest(method('string').encodeRequest(['ab']))).toThrow(
      'one character',
    );
    expect(() => method('enum').decodeRequest(Buffer.alloc(0))).toThrow('one of first, to-string');
    expect(() => method('variant').decodeRequest(Buffer.alloc(0))).toThrow('one of the cases');
    expect(() => method('fail').decodeResponse(Buffer.alloc(0))).toThrow('neither "ok" nor "err"');
    expect(() =>
      method('fail').decodeResponse(method('fail').encodeResponse({ thrown: { payload: 'no' } })),
    ).toThrow(expect.objectContaining({ code: 'WP_GUEST', payload: 'no' }));
  });

  it('says which functions it leaves out: those with resources, and names that are none', () => {
    const { methods, leftOut } = protoFiles({
      id: 'acme.kv',
      types: {
        'acme:kv/store': {
          open: { params: [], result: { own: 'bucket' } },
          'x; } message': { params: [] },
          __proto__: { params: [] },
          get: { params: [['key = 1; } evil', 'string']] },
          fine: { params: [['constructor', 'string']] },
        } as never,
      },
    });
    expect(methods.map(({ name }) => name)).toEqual(['fine']);
    expect(leftOut).toHaveLength(3);
    expect(leftOut[0]).toContain('the resource "bucket"');
    const [fine] = methods;
    expect(fine?.decodeRequest(fine.encodeRequest(['x']))).toEqual(['x']);
  });

  it('says the services of others, whose errors are statuses', () => {
    const { files, methods } = protoFiles({
      id: 'acme.kv',
      types: { 'acme:kv/store@1.0.0': KV },
      services: { 'acme:kv/store': 'proto.KV' },
    });
    expect(methods.map(({ path }) => path)).toEqual(['/proto.KV/Get', '/proto.KV/Put']);
    expect(files['proto.proto']).toContain('message KVGetResponse {\n  bytes value = 1;\n}');
    expect(() => protoFiles({ id: 'a', types: {}, services: {} })).not.toThrow();
    expect(() => protoFiles({ id: 'a', types: { 'a:b/c': KV }, services: { 'a:b/c': 'x y' } })).toThrow(
      RangeError,
    );
  });
});
