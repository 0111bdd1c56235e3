export { compareVersions, highestIn, isRange, isVersion, satisfies } from './range.js';
export { updateKind, type UpdateKind } from './update-kind.js';
