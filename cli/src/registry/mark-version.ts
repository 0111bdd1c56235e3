import { isVersion } from '@wasm-plugin/abi/version';
import { CliError } from '../cli-error.js';
import type { Io } from '../io.js';
import { printable } from '../terminal/index.js';
import { openRegistry } from './open-registry.js';
import type { Mark } from './registry.js';

/** Words of the command line about a mark. */
export interface MarkOptions {
  registry?: string;
  reason?: string;
  undo?: boolean;
  json?: boolean;
}

/** Marks a version in a registry, or takes that back. @throws {CliError} the command line is wrong */
export async function markVersion(
  plugin: string,
  { mark, options, io }: { mark: Mark; options: MarkOptions; io: Io },
): Promise<void> {
  const { registry: place, reason, undo = false, json = false } = options;
  const [id = '', version = '', ...more] = plugin.split('@');
  if (id === '' || !isVersion(version) || more.length > 0)
    throw new CliError(`Cannot read "${plugin}": wanted an id and a version such as "acme.eq@1.2.0"`, {
      exitCode: 2,
    });
  if (undo === (reason !== undefined) || reason === '')
    throw new CliError('Cannot mark a version: say either --reason, which is not empty, or --undo', {
      exitCode: 2,
    });
  const registry = openRegistry(place);
  await registry.mark({ id, version }, mark, reason);
  if (json) io.json({ id, version, registry: registry.name, [mark]: reason ?? null });
  else
    io.out(
      `${io.style('green', '✓')} ${id} ${version} is ${undo ? `no longer ${mark}` : `${mark}: ${printable(reason ?? '')}`}\n`,
    );
}
