const symbolDispose: typeof Symbol.dispose =
  Symbol.dispose ?? (Symbol.for('dispose') as typeof Symbol.dispose);

/** The host's half of `tokens`, with a log of the guest's uses of it. */
export function hostTokens(log: string[] = []): Record<string, unknown> {
  class Token {
    #label: string;

    constructor(label: string) {
      log.push(`new ${label}`);
      this.#label = label;
    }

    static join(a: Token, b: Token): Token {
      log.push(`join ${a.#label} ${b.#label}`);
      return new Token(a.#label + b.#label);
    }

    label(): string {
      return this.#label;
    }

    rename(label: string): void {
      log.push(`rename ${this.#label} ${label}`);
      this.#label = label;
    }

    same(other: Token): boolean {
      return this.#label === other.#label;
    }

    [symbolDispose](): void {
      log.push(`dispose ${this.#label}`);
    }
  }

  return {
    Token,
    pass: (x: Token) => x,
    read: (x: Token) => x.label(),
    reverse: (x: Token[]) => x.toReversed(),
    find(label: string): Token {
      if (label === '') throw Object.assign(new Error('declared'), { payload: 'no label' });
      return new Token(label);
    },
  };
}
