import type { Capability } from '@wasm-plugin/abi';
import type { Gate } from '../gate.js';

const EVERY_VARIABLE: Capability = { kind: 'env', name: '*' };

/** What `environmentImports` is given. */
export interface EnvironmentOptions {
  /** The variables that there are. */
  env: Readonly<Record<string, string | undefined>>;
  args: readonly string[];
  /** Whether a plugin without any variable sees none, instead of ending. */
  emptyEnvironment: boolean;
}

/**
 * The interface `wasi:cli/environment`. It lists the variables that are asked for and granted, and no other. Where there is no
 * such permission and grant at all, reading the list ends the instance, since it has no way to refuse.
 */
export function environmentImports(gate: Gate, options: EnvironmentOptions): Record<string, unknown> {
  const { env, args, emptyEnvironment } = options;
  return {
    'wasi:cli/environment@0.2.0': {
      getEnvironment(): [string, string][] {
        if (!hasAny(gate)) {
          const asked = gate.permissions.find(({ kind }) => kind === 'env') ?? EVERY_VARIABLE;
          if (!emptyEnvironment) gate.demand(asked);
          gate.allows(asked);
          return [];
        }
        return Object.entries(env).filter(
          (entry): entry is [string, string] => entry[1] !== undefined && isVisible(gate, entry[0]),
        );
      },
      getArguments: () => [...args],
      initialCwd: () => undefined,
    },
  };
}

/** Whether the manifest and the host have anything about variables in common. */
function hasAny({ permissions, grants }: Gate): boolean {
  const names = (capabilities: readonly Capability[]): string[] =>
    capabilities.flatMap((each) => (each.kind === 'env' ? [each.name] : []));
  const granted = names(grants);
  return names(permissions).some((asked) => granted.some((given) => overlap(asked, given)));
}

function overlap(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => name.replace(/\*$/, '')) as [string, string];
  if (one.endsWith('*') && a.length <= b.length) return b.startsWith(a);
  if (other.endsWith('*') && b.length <= a.length) return a.startsWith(b);
  return one === other;
}

/** A name that no capability could have is nobody's. */
function isVisible(gate: Gate, name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && gate.lacking({ kind: 'env', name }) === undefined;
}
