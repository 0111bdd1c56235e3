import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import {
  resolveLimits,
  type Carrier,
  type CarrierInstantiateOptions,
  type CarrierPlugin,
  type CarrierSource,
  type LimitName,
  type PluginError,
  type ResolvedLimits,
} from '@wasm-plugin/abi';
import { RunningInstances } from '../instance/index.js';
import { LibraryChild } from './child/library-child.js';
import type { Confinement } from './child/restrict.js';
import { runInProcess } from './in-process-runner.js';
import { koffiFfi } from './koffi-ffi.js';
import { LibraryInstance } from './library-instance.js';

/** Options of the carrier `library`. */
export interface LibraryOptions {
  /**
   * Runs libraries in this process, in place of a child each: calls cost a tenth, a fault ends the process, and no limit
   * holds. For libraries that you would link into your program. @default false
   */
  unsafeInProcess?: boolean;
  /**
   * Rights that a library in a child loses. A confinement that is named holds, or no library starts. `all` makes a
   * start twice as long. @default processes, if the system has seccomp; else nothing
   */
  confine?: Confinement;
  /** The longest start of a child, in milliseconds. @default 10,000 */
  startMs?: number;
  /** The longest call if no `wallMs` is set, in milliseconds. @default 10,000 */
  callMs?: number;
  /** The longest block of a realtime lane, in milliseconds. @default 1,000 */
  blockMs?: number;
  /** The longest end of a child that destroys its instance, in milliseconds. @default 1,000 */
  stopMs?: number;
  /**
   * Called if a library in a child crashes, or does not end in `stopMs`, as its instance is destroyed. The instance is closed all
   * the same. @default a warning of the process
   */
  onFarewell?: (error: PluginError) => unknown;
}

const CHILD_LIMITS: readonly LimitName[] = ['memoryBytes', 'wallMs'];

/** Bytes of one message from a child beside the state that it may hold. */
const MESSAGE_BYTES = 16 * 2 ** 20;

/**
 * Runs native libraries that are made with `wasm_plugin.h`, and LADSPA plugins (entry `library.so#label`), each in a child process that shares memory with this one.
 * @example
 * createPluginHost({ carriers: [library()], limits: { wallMs: 1000 } });
 */
export function library(options: LibraryOptions = {}): Carrier {
  const { unsafeInProcess = false } = options;
  return {
    kind: 'library',
    calls: 'sync',
    enforces: new Set(unsafeInProcess ? [] : CHILD_LIMITS),
    load: (source, { limits }) => loadLibrary(source, limits, options),
    close: () => undefined,
  };
}

async function loadLibrary(
  { id, entry, files }: CarrierSource,
  limits: ResolvedLimits,
  options: LibraryOptions,
): Promise<CarrierPlugin> {
  // A name may hold a "#" of its own.
  const [file = entry, label] = /^([^#]*)#(.*)$/s.exec(entry)?.slice(1) ?? [entry];
  const bytes = await files.read(file);
  const running = new RunningInstances<LibraryInstance>();
  return {
    size: bytes.length,
    instantiate: (asked) =>
      running.start(asked, (given) =>
        withOwnCopy(file, bytes, (path) => startInstance({ id, path, label, given }, limits, options)),
      ),
    close: () => running.close(),
  };
}

/** Runs with a copy of a library under a name of its own: the system takes a library of a known name for the one that is loaded. */
async function withOwnCopy<Result>(
  file: string,
  bytes: Uint8Array,
  run: (path: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-'));
  try {
    const path = join(folder, `${basename(folder)}-${basename(file)}`);
    await writeFile(path, bytes, { mode: 0o500 });
    return await run(path);
  } finally {
    await rm(folder, { recursive: true }).catch(ignoreOnWindows);
  }
}

/** Windows keeps the file of a library that is loaded: it stays in the folder for temporary files. */
function ignoreOnWindows(error: unknown): void {
  if (process.platform !== 'win32') throw error;
}

interface Start {
  id: string;
  path: string;
  label: string | undefined;
  given: CarrierInstantiateOptions;
}

async function startInstance(
  { id, path, label, given }: Start,
  limits: ResolvedLimits,
  {
    unsafeInProcess = false,
    confine,
    startMs = 10_000,
    callMs = 10_000,
    blockMs = 1000,
    stopMs = 1000,
    onFarewell = (error) => process.emitWarning(error.message, { code: error.code }),
  }: LibraryOptions,
): Promise<LibraryInstance> {
  const own = resolveLimits(given.limits, { base: limits, lowerOnly: true });
  const wallMs = Number.isFinite(own.wallMs) ? own.wallMs : callMs;
  const instance = new LibraryInstance({
    plugin: id,
    wallMs,
    blockMs: Math.min(wallMs, blockMs),
    onEnd: given.onEnd,
  });
  const host = instance.hostFrom(given.imports);
  const onDeath: LibraryInstance['die'] = (error) => instance.die(error);
  if (unsafeInProcess)
    return instance.attach(runInProcess({ ffi: koffiFfi, path, label, name: id, host, onDeath }));
  const child = new LibraryChild({
    path,
    label,
    name: id,
    host,
    memoryBytes: own.memoryBytes,
    confine,
    onFarewell,
    startMs,
    messageBytes: MESSAGE_BYTES + own.stateBytes,
    onDeath,
  });
  try {
    await child.ready();
  } catch (error) {
    await child.close(stopMs);
    throw error;
  }
  return instance.attach({
    get hasAudio() {
      return child.hasAudio;
    },
    call: (entry, call) => child.call(entry, call),
    openLane: (setup, ms) => child.openLane(setup, ms),
    close: () => child.close(stopMs),
  });
}
