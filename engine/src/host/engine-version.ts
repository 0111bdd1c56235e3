/** The version of this package, which `engine` in a manifest is a range of. */
export const ENGINE_VERSION = '0.1.0';
