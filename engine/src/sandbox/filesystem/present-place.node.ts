import { GuestError } from '@wasm-plugin/abi';
import type { BigIntStats } from 'node:fs';
import { readTarget } from './decode-name.node.js';
import type { FileAccess } from './file-access.js';
import { climbs, type Place } from './walk.node.js';

/** A place where something is. */
export type PresentPlace = Place & { stat: BigIntStats };

/** @throws {GuestError} the error code `no-entry` if nothing is there */
export function present(place: Place): BigIntStats {
  if (place.stat === undefined) throw new GuestError('no-entry');
  return place.stat;
}

/**
 * Refuses to move a link that goes up into another folder, from where it leads elsewhere. Plugins cannot make such links, but
 * others may have.
 * @throws {GuestError} the error code `not-permitted`
 */
export function refuseMovedLink(from: PresentPlace, to: Place, access: FileAccess): void {
  if (!from.stat.isSymbolicLink() || from.folder.isSameAs(to.folder)) return;
  const target = readTarget(from.folder.at(from.name));
  if (climbs(target)) throw access.escape(target);
}
