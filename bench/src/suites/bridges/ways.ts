import { library } from '@wasm-plugin/native-bridge';
import { echoInLibrary } from './echo-library.js';
import { echoAt, echoByGrpc, echoOnStdio, encodedValues, rawSocketEcho } from './echo-peer.js';
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
  { name: 'stdio', open: echoOnStdio },
  { name: 'WebSocket', open: () => echoAt('ws') },
  { name: 'gRPC stream', open: () => echoByGrpc('stream') },
  { name: 'gRPC unary', open: () => echoByGrpc('unary') },
];
