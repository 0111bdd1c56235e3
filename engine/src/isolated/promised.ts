/** Exports whose functions give promises, as those of an instance in a thread of its own. */
export type Promised<Exports> = {
  readonly [Name in keyof Exports]: Exports[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : Exports[Name] extends object
      ? Promised<Exports[Name]>
      : Exports[Name];
};
