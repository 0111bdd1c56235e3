/** A function of a core module, or one made to be imported by it. */
export type CoreFunction = (...args: never[]) => unknown;
