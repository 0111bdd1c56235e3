import { library } from '@wasm-plugin/native-bridge';
import { echoInLibrary } from './echo-library.js';
import { echoAt, echoByGrpc, echoOnStdio, encodedValues, rawSocketEcho } from './echo-peer.js';
import { echoByNats, echoByTls, echoInBatches } from './echo-ways.js';
import { rawEcho } from './raw-echo.js';
import { rawKoffi } from './raw-koffi.js';
import { wasmInline } from './wasm-inline.js';
import type { Way } from './way.js';

/** Every way, in the order of the table. A new one (a transport, another carrier) is added here, and nowhere else. */
export const WAYS: readonly Way[] = [
  { name: 'wasm inline', open: wasmInline },
  { name: 'raw koffi', open: rawKoffi },
  { name: 'in process', open: () => echoInLibrary(library({ unsafeInProcess: true })) },
  { name: 'raw echo', open: rawEcho },
  { name: 'child', open: () => echoInLibrary(library()) },
  { name: 'values', open: encodedValues },
  { name: 'raw socket echo', open: rawSocketEcho },
  { name: 'Unix socket', open: () => echoAt('unix') },
  { name: 'TCP', open: () => echoAt('tcp') },
  { name: 'TLS', open: echoByTls },
  { name: 'stdio', open: echoOnStdio },
  { name: 'WebSocket', open: () => echoAt('ws') },
  { name: 'gRPC stream', open: () => echoByGrpc('stream') },
  { name: 'gRPC unary', open: () => echoByGrpc('unary') },
  { name: 'NATS', open: echoByNats },
  { name: '16 calls, one by one', open: () => echoInBatches('one by one') },
  { name: '16 calls at once', open: () => echoInBatches('at once') },
  { name: 'a batch of 16', open: () => echoInBatches('batch') },
];
