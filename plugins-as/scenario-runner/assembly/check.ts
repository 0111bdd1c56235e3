/** Checks of a scenario. */
let failure: string | null = null;

export function start(): void {
  failure = null;
}

/** Remembers the first check that failed. */
export function check(isRight: bool, what: string): void {
  if (!isRight && failure === null) failure = what;
}

export function found(): string | null {
  return failure;
}

export function sameNumbers<T>(a: StaticArray<T>, b: StaticArray<T>): bool {
  if (a.length != b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] != b[i]) return false;
  return true;
}
