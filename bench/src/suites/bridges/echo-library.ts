import { DEFAULT_LIMITS, type Carrier } from '@wasm-plugin/abi';
import { memoryFiles } from '@wasm-plugin/abi/package';
import type { LibraryInstance } from '@wasm-plugin/native-bridge';
import { compileBridge } from './compile.js';
import { FRAMES, type OpenWay } from './way.js';

/** The echo as a native library, by the carrier. */
export async function echoInLibrary(carrier: Carrier): Promise<OpenWay | string> {
  const bytes = compileBridge('echo-library.c', ['-shared', '-fPIC']);
  if (typeof bytes === 'string') return bytes;
  const files = memoryFiles({ 'echo.so': bytes });
  const source = { id: 'bench.echo', version: '1.0.0', entry: 'echo.so', files };
  const plugin = await carrier.load(source, { limits: DEFAULT_LIMITS });
  const instance = (await plugin.instantiate({ imports: {} })) as LibraryInstance;
  const lane = instance.openLane({ sampleRateHz: 48_000, maxFrames: FRAMES, channels: 1 });
  const { schema } = instance.exports['state'] as { schema(): number };
  return {
    block: () => lane.process(FRAMES),
    call: schema,
    input: lane.inputs[0],
    output: lane.outputs[0],
    close: () => instance.close(),
  };
}
