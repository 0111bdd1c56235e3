import { execFileSync, spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';

/** Returns the reason for which this machine lets nobody make networks; `undefined` if it does. */
export function missingNetworks(): string | undefined {
  const name = nameOf(0);
  const { error, status, stderr } = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
  if (error !== undefined) return '"ip" is not installed (Debian: iproute2)';
  if (status !== 0) return `no network can be made here: ${stderr.trim()}`;
  const pair = [`${name}x`, `${name}y`];
  const made = spawnSync(
    'ip',
    ['link', 'add', pair[0] as string, 'type', 'veth', 'peer', 'name', pair[1] as string],
    {
      encoding: 'utf8',
    },
  );
  if (made.status === 0) run('ip', 'link', 'del', pair[0] as string);
  run('ip', 'netns', 'del', name);
  return made.status === 0 ? undefined : `no network cable can be made here: ${made.stderr.trim()}`;
}

let networks = 0;

/** A network namespace beside that of this process, with a number of cables to it that can be cut and made slow. */
export class OtherNetwork {
  readonly #name = nameOf(++networks);
  readonly cables: readonly Cable[];

  constructor({ cables }: { cables: number }) {
    run('ip', 'netns', 'add', this.#name);
    run('ip', '-n', this.#name, 'link', 'set', 'lo', 'up');
    this.cables = Array.from({ length: cables }, (_, index) => new Cable(this.#name, index));
  }

  /** Starts a program that has this network alone. */
  spawn(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    return spawn('ip', ['netns', 'exec', this.#name, program, ...args], options);
  }

  close(): void {
    run('ip', 'netns', 'del', this.#name);
  }
}

/** A cable between this network and another one. */
export class Cable {
  readonly #network: string;
  readonly #near: string;
  readonly #far: string;
  /** The address at the other end. */
  readonly address: string;

  constructor(network: string, index: number) {
    // Addresses for measurements of networks, which no machine has.
    const net = `198.18.${process.pid % 256}.${(networks * 16 + index * 4) % 256}`;
    const at = (host: number): string => net.replace(/\d+$/, (last) => String(Number(last) + host));
    this.#network = network;
    this.#near = `${network}n${index}`;
    this.#far = `${network}f${index}`;
    this.address = at(2);
    run('ip', 'link', 'add', this.#near, 'type', 'veth', 'peer', 'name', this.#far, 'netns', network);
    run('ip', 'addr', 'add', `${at(1)}/30`, 'dev', this.#near);
    run('ip', '-n', network, 'addr', 'add', `${at(2)}/30`, 'dev', this.#far);
    run('ip', 'link', 'set', this.#near, 'up');
    this.mend();
  }

  /** Pulls the plug at the other end: packets are lost without a word. */
  cut(): void {
    run('ip', '-n', this.#network, 'link', 'set', this.#far, 'down');
  }

  mend(): void {
    run('ip', '-n', this.#network, 'link', 'set', this.#far, 'up');
  }

  /** Bounds the bits per second in both directions. Returns the reason for which the machine cannot do that. */
  slow(rate: string): string | undefined {
    const limit = ['root', 'tbf', 'rate', rate, 'burst', '16kb', 'latency', '200ms'];
    for (const command of [
      ['tc', 'qdisc', 'add', 'dev', this.#near, ...limit],
      ['tc', '-n', this.#network, 'qdisc', 'add', 'dev', this.#far, ...limit],
    ]) {
      const { error, status, stderr } = spawnSync(command[0] as string, command.slice(1), {
        encoding: 'utf8',
      });
      if (error !== undefined || status !== 0) return `no link can be slow here: ${stderr.trim()}`;
    }
    return undefined;
  }
}

/** Name of a network of this process, short enough for those of its cables. */
function nameOf(index: number): string {
  return `wp${process.pid % 1_000_000}-${index}`;
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
