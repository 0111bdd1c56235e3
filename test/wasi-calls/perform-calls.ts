import { GuestError } from '@wasm-plugin/abi';
import type { Sandbox } from '@wasm-plugin/engine/sandbox';
import type { Call } from './call.js';

/** The called part of a descriptor; every argument is one that a guest could pass. */
interface Descriptor {
  [Symbol.dispose](): void;
  [method: string]: (...args: never[]) => unknown;
}

type Stat = { type: string; size: bigint };
type Stream = { blockingRead(length: bigint): Uint8Array; blockingWriteAndFlush(bytes: Uint8Array): void };
type Entries = { readDirectoryEntry(): { name: string; type: string } | undefined };

/** Makes calls on the imports of a sandbox, without a guest, and returns the result of each. */
export class CallPerformer {
  readonly #open: (Descriptor | undefined)[];

  constructor(sandbox: Sandbox) {
    const preopens = sandbox.imports['wasi:filesystem/preopens@0.2.0'] as {
      getDirectories(): [Descriptor, string][];
    };
    this.#open = [preopens.getDirectories().findLast(([, path]) => path !== '/')?.[0]];
  }

  /** Returns a text, or the error code in angle brackets. */
  perform(call: Call): string {
    try {
      return this.#perform(call);
    } catch (error) {
      if (!(error instanceof GuestError)) throw error;
      return `<${codeOf(error)}>`;
    }
  }

  close(): void {
    for (const descriptor of this.#open.splice(0)) descriptor?.[Symbol.dispose]();
  }

  #perform(call: Call): string {
    const [name = '', number = '', ...rest] = call;
    if (name === 'close') {
      this.#open[Number(number)]?.[Symbol.dispose]();
      delete this.#open[Number(number)];
      return 'ok';
    }
    const it = this.#at(number);
    const invoke = (method: string, ...args: unknown[]): unknown =>
      (it[method] as (...all: unknown[]) => unknown).apply(it, args);
    const [one = '', two = '', three = '', four = ''] = rest;
    const follow = { symlinkFollow: one === 'follow' };
    switch (name) {
      case 'open': {
        const letters = (text: string, names: Record<string, string>): Record<string, boolean> =>
          Object.fromEntries(Object.entries(names).map(([letter, flag]) => [flag, text.includes(letter)]));
        const flags = letters(three, { c: 'create', d: 'directory', x: 'exclusive', t: 'truncate' });
        const access = letters(four, { r: 'read', w: 'write', m: 'mutateDirectory' });
        const opened = invoke('openAt', follow, two, flags, access) as Descriptor;
        return `descriptor ${this.#open.push(opened) - 1}`;
      }
      case 'stat':
        return describe(invoke('stat') as Stat);
      case 'stat-at':
        return describe(invoke('statAt', follow, two) as Stat);
      case 'type':
        return invoke('getType') as string;
      case 'readlink':
        return invoke('readlinkAt', one) as string;
      case 'read': {
        const [bytes, end] = invoke('read', BigInt(one), BigInt(two)) as [Uint8Array, boolean];
        return `${Buffer.from(bytes).toString('latin1')} ${end}`;
      }
      case 'write':
        return String(invoke('write', Buffer.from(one), BigInt(two)));
      case 'append':
        return use(invoke('appendViaStream') as Stream & Descriptor, (stream) => {
          stream.blockingWriteAndFlush(Buffer.from(one));
          return 'ok';
        });
      case 'stream-read':
        return use(invoke('readViaStream', BigInt(two)) as Stream & Descriptor, (stream) =>
          Buffer.from(stream.blockingRead(BigInt(one))).toString('latin1'),
        );
      case 'list':
        return use(invoke('readDirectory') as Entries & Descriptor, list);
      case 'same':
        return String(invoke('isSameObject', this.#at(one)));
      default:
        invoke(...this.#change(name, rest));
        return 'ok';
    }
  }

  /** Calls that return nothing. */
  #change(name: string, [one = '', two = '', three = '', four = '']: string[]): [string, ...unknown[]] {
    switch (name) {
      case 'mkdir':
        return ['createDirectoryAt', one];
      case 'rmdir':
        return ['removeDirectoryAt', one];
      case 'unlink':
        return ['unlinkFileAt', one];
      case 'rename':
        return ['renameAt', one, this.#at(two), three];
      case 'link':
        return ['linkAt', { symlinkFollow: four === 'follow' }, one, this.#at(two), three];
      case 'symlink':
        return ['symlinkAt', one, two];
      case 'set-size':
        return ['setSize', BigInt(one)];
      case 'set-times':
        return ['setTimes', time(one), time(two)];
      case 'set-times-at':
        return ['setTimesAt', { symlinkFollow: one === 'follow' }, two, time(three), time(four)];
      case 'sync':
        return ['sync'];
      case 'sync-data':
        return ['syncData'];
      default:
        throw new Error(`there is no call "${name}"`);
    }
  }

  #at(number: string): Descriptor {
    const found = this.#open[Number(number)];
    if (found === undefined) throw new GuestError('bad-descriptor');
    return found;
  }
}

function use<T extends Descriptor>(resource: T, work: (resource: T) => string): string {
  try {
    return work(resource);
  } finally {
    resource[Symbol.dispose]();
  }
}

function list(entries: Entries): string {
  const names: string[] = [];
  for (;;) {
    const entry = entries.readDirectoryEntry();
    if (entry === undefined) return names.sort().join(' ');
    names.push(`${entry.name}:${entry.type}`);
  }
}

function describe({ type, size }: Stat): string {
  return `${type} ${type === 'directory' ? 0 : size}`;
}

function time(word: string): unknown {
  if (word === 'now') return { tag: 'now' };
  if (word === 'keep') return { tag: 'no-change' };
  const [seconds = '0', nanoseconds = '0'] = word.split('.');
  return { tag: 'timestamp', val: { seconds: BigInt(seconds), nanoseconds: Number(nanoseconds) } };
}

/** The code of a file, also where a stream failed. */
function codeOf({ payload }: GuestError): string {
  if (typeof payload === 'string') return payload;
  const { tag, val } = payload as { tag: string; val?: { toDebugString(): string } };
  return tag === 'closed' ? 'closed' : (val?.toDebugString().split(': ').at(-1) ?? tag);
}
