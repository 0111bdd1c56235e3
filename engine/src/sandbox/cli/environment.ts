import type { Capability } from '@wasm-plugin/abi';
import type { Gate } from '../gate.js';

const EVERY_VARIABLE: Capability = { kind: 'env', name: '*' };

/** Options of `environmentImports`. */
export interface EnvironmentOptions {
  /** The variables that there are. */
  env: Readonly<Record<string, string | undefined>>;
  args: readonly string[];
  /**
   * Result of reading the environment without a granted variable: the instance ends, or sees no variables, which counts as a
   * refusal or as intended.
   */
  ungranted: 'ends' | 'refused' | 'empty';
}

/**
 * The interface `wasi:cli/environment`. It lists the variables that are asked for and granted, and no other. If there is no
 * such permission and grant at all, reading the list ends the instance, since it has no way to refuse.
 */
export function environmentImports(gate: Gate, options: EnvironmentOptions): Record<string, unknown> {
  const { env, args, ungranted } = options;
  return {
    'wasi:cli/environment@0.2.0': {
      getEnvironment(): [string, string][] {
        if (!hasAny(gate)) {
          const asked = gate.permissions.find(({ kind }) => kind === 'env') ?? EVERY_VARIABLE;
          if (ungranted === 'ends') gate.demand(asked);
          if (ungranted === 'refused') gate.allows(asked);
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

/** Returns whether the manifest and the host have anything about variables in common. */
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

/** A variable's name has any character but `=`, which Windows begins its hidden ones with. */
function isVisible(gate: Gate, name: string): boolean {
  return /^[^=\0]+$/.test(name) && gate.lacking({ kind: 'env', name }) === undefined;
}
