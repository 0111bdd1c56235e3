import { ByteWriter, type ByteReader } from '../../value/index.js';
import { Arena } from '../arena.js';
import { CALLS, decodeArguments, type CallEntry } from '../call-table.js';
import { invoke } from '../invoke.js';
import { koffiFfi } from '../koffi-ffi.js';
import { libc, LINUX } from '../libc.js';
import type { AnyPlugin } from '../any-plugin.js';
import type { NativeLane } from '../laned-plugin.js';
import type { NativeHost } from '../native-plugin.js';
import { openLibrary } from '../open-plugin.js';
import { confinementFrom, restrict } from './restrict.js';
import { begin, MESSAGE } from './message.js';
import { KIND, mapSharedMemory, PLACE, SHARED_FD, WORD } from './shared-memory.js';
import { Turns } from './turns.js';

// A child process: hosts one native library for the process that started it.
// `node child-main.js PATH PARENT MEMORY CONFINEMENT [LABEL]`
const [, , path = '', parent = '', memoryBytes = '', confinement = '', label] = process.argv;

libc().prctl(LINUX.PR_SET_PDEATHSIG, LINUX.SIGKILL);
if (libc().getppid() !== Number(parent)) process.exit(1);

const MOST_BYTES = 1 << 30;
const memory = mapSharedMemory(SHARED_FD);
const turns = new Turns(memory, 'child');
const writer = new ByteWriter();
const { signal } = turns;

function wait(): void {
  while (!signal.take(0));
}

/** Sends the written message to the host, in the middle of its call, and returns its answer. */
function ask(): ByteReader {
  turns.send(writer, wait);
  wait();
  const reader = turns.receive(wait, MOST_BYTES);
  reader.u8();
  return reader;
}

const host: NativeHost = {
  log(level, text) {
    begin(writer, MESSAGE.log).string(level);
    writer.string(text);
    ask();
  },
  config(key) {
    begin(writer, MESSAGE.config).string(key);
    const reader = ask();
    return reader.u8() === 1 ? reader.string() : undefined;
  },
};

function die(error: unknown): never {
  begin(writer, MESSAGE.dead).string(error instanceof Error ? error.message : String(error));
  turns.send(writer, wait);
  process.exit(1);
}

function start(): AnyPlugin {
  try {
    restrict({ memoryBytes: Number(memoryBytes), confine: confinementFrom(confinement) });
    const library = openLibrary(koffiFfi, path);
    const plugin = library.create(host, label);
    begin(writer, MESSAGE.ready).u8(plugin.hasAudio ? 1 : 0);
    turns.send(writer, wait);
    return plugin;
  } catch (error) {
    return die(error);
  }
}

const plugin = start();
let laneArena: Arena | undefined;
let lane: NativeLane | undefined;

/** Binds the buffers in the shared memory: inputs, then outputs, each at a multiple of 64 bytes. */
function bindLane(channels: number, maxFrames: number): void {
  laneArena?.free();
  laneArena = new Arena(koffiFfi);
  const bytes = Math.ceil((maxFrames * 4) / 64) * 64;
  const at = (index: number): number => memory.address + PLACE.audio + index * bytes;
  const indices = Array.from({ length: channels }, (_, channel) => channel);
  lane = plugin.lane(
    { inputs: indices.map(at), outputs: indices.map((channel) => at(channels + channel)) },
    laneArena,
  );
}

/** Does the request of a message, and leaves the answer in the writer. */
function answer(reader: ByteReader): void {
  const kind = reader.u8();
  if (kind === MESSAGE.end) {
    plugin.destroy();
    process.exit(0);
  }
  if (kind === MESSAGE.lane) {
    bindLane(reader.unsigned(64), reader.unsigned(65_536));
    begin(writer, MESSAGE.result);
    return;
  }
  const entry = CALLS[reader.unsigned(127)] as CallEntry;
  const result = invoke(plugin, entry, decodeArguments(reader, entry));
  begin(writer, MESSAGE.result);
  entry.result?.encode(writer, result, entry.name);
}

try {
  for (;;) {
    wait();
    if (turns.words[WORD.kind] === KIND.block) {
      lane?.process(turns.words[WORD.frames] as number);
      turns.pass(KIND.done);
    } else {
      answer(turns.receive(wait, MOST_BYTES));
      turns.send(writer, wait);
    }
  }
} catch (error) {
  die(error);
}
