import { resolveLimits, type Limits } from '@wasm-plugin/abi';
import type { Setting } from '@wasm-plugin/abi/config';
import type { Crossfade } from '../audio/index.js';
import { checkBytes, compileComponent, postedFrom, type CompiledComponent } from '../runtime/index.js';
import { PluginNode, type PluginNodeListeners } from './plugin-node.js';
import type { ScopePorts } from './scope/index.js';

/** The name under which the worklet's script registers its processor. */
const PROCESSOR = 'wasm-plugin';

/** Frames of a block, where a browser does not say. */
const QUANTUM_FRAMES = 128;

/** Options of `openPluginNode`. */
export interface PluginNodeOptions extends PluginNodeListeners {
  /** The binary of the component. */
  readonly component: Uint8Array;
  /** Stands in saved states and in errors. */
  readonly version: string;
  /** The plugin's id, in saved states and in errors. @default 'plugin' */
  readonly name?: string;
  /** The address of the worklet's script, for bundlers that do not follow it. @default that of `processor.js` in this package */
  readonly processorUrl?: string | URL;
  /** Channels of the input and of the output, 1 to 64. @default 2 */
  readonly channels?: number;
  /** Settings for `lifecycle.init` of each version. @default none */
  readonly settings?: readonly Setting[];
  /** Limits of each version. Time is counted in whole milliseconds there. */
  readonly limits?: Limits;
  /** Crossfade from the old version to the new one. @default 'linear' */
  readonly crossfade?: Crossfade;
  /** Number of blocks after a reload in which the old version can come back. At least 1. @default 64 */
  readonly confirmBlocks?: number;
}

/** The scripts that a context has, by their addresses: each is run once. */
const scripts = new WeakMap<BaseAudioContext, Map<string, Promise<void>>>();

/**
 * Compiles an audio plugin here and starts it in the audio worklet of a context. Nothing is compiled in the worklet, and no code
 * is made from text: the content security policy needs `wasm-unsafe-eval` alone.
 * @param context a live or an offline one
 * @throws {ModuleError} the component is malformed or invalid
 * @throws {AbiError} WP_EXPORT_MISSING it has no realtime lane; WP_IMPORT_MISSING it imports more than `log` and `config`
 * @throws {PluginError} if it cannot be started or prepared
 * @throws {DOMException} the script of the worklet cannot be loaded
 * @example
 * const plugin = await openPluginNode(context, { component, version: '1.0.0' });
 * source.connect(plugin.node).connect(context.destination);
 */
export async function openPluginNode(
  context: BaseAudioContext,
  options: PluginNodeOptions,
): Promise<PluginNode> {
  const { component, version, channels = 2, name = 'plugin', settings = [] } = options;
  const { crossfade = 'linear', confirmBlocks = 64, onLog, onEvent, onDead } = options;
  const limits = resolveLimits(options.limits);
  const compile = (bytes: Uint8Array): Promise<CompiledComponent> => {
    checkBytes(bytes);
    return compileComponent(new Uint8Array(bytes), { limits });
  };
  const [compiled] = await Promise.all([compile(component), addScript(context, options.processorUrl)]);
  const node = new AudioWorkletNode(context, PROCESSOR, {
    numberOfInputs: 1,
    numberOfOutputs: 1,
    outputChannelCount: [channels],
    channelCount: channels,
    channelCountMode: 'explicit',
  });
  const listeners = { ...(onLog && { onLog }), ...(onEvent && { onEvent }), ...(onDead && { onDead }) };
  const opened = new PluginNode(node, { listeners, compile, post: postedFrom });
  opened.remember(compiled);
  const { renderQuantumSize: maxFrames = QUANTUM_FRAMES } = context as { renderQuantumSize?: number };
  await opened.open({
    ports: lendPorts(),
    compiled: postedFrom(compiled),
    version,
    name,
    setup: { sampleRateHz: context.sampleRate, maxFrames, channels },
    settings,
    limits,
    crossfade,
    confirmBlocks,
  });
  return opened;
}

function addScript(context: BaseAudioContext, given: string | URL | undefined): Promise<void> {
  const url = String(given ?? new URL('processor.js', import.meta.url));
  let known = scripts.get(context);
  if (known === undefined) scripts.set(context, (known = new Map()));
  let added = known.get(url);
  if (added === undefined) known.set(url, (added = context.audioWorklet.addModule(url)));
  return added;
}

/** Makes the ports by which a worklet has turns and timers. */
function lendPorts(): ScopePorts {
  const turns = new MessageChannel();
  const timers = new MessageChannel();
  timers.port1.onmessage = ({ data: [timer, delayMs] }: MessageEvent<[number, number]>) =>
    void setTimeout(() => timers.port1.postMessage(timer), delayMs);
  return { turns: [turns.port1, turns.port2], timers: timers.port2 };
}
