/** Grant of the folder, and its path in the program. */
export type Mount = 'own' | 'absolute' | 'mapped' | 'none';

/** One run of a program. In `args` and `env`, `@` stands for the folder as the program knows it. */
export interface ProgramCase {
  program: string;
  name: string;
  args: readonly string[];
  stdin?: string | Uint8Array;
  env?: Readonly<Record<string, string>>;
  /** @default 'own' */
  mount?: Mount;
  /** Changes the compared text, if nobody promises the order of its parts. */
  normalize?: (text: string) => string;
}

/** Makes cases of one program: a name, its arguments, and further settings. */
export function casesOf(
  program: string,
  rows: readonly (readonly [name: string, args: readonly string[], more?: Partial<ProgramCase>])[],
): ProgramCase[] {
  return rows.map(([name, args, more]) => ({ program, name, args, ...more }));
}
