export { compareVersions, highestIn, isRange, isVersion, satisfies, satisfiesAsHost } from './range.js';
export { updateKind, type UpdateKind } from './update-kind.js';
