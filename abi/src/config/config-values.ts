import type { Json } from '../json-schema/index.js';

/** The values of a configuration, by name. */
export type ConfigValues = Readonly<Record<string, Json>>;
