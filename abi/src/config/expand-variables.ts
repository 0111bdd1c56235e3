/** What a reference to an environment variable may read. */
export interface VariableSource {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Says who stands in the way of reading a variable; `undefined` where nobody does. */
  readonly lacking: (name: string) => 'manifest' | 'host' | undefined;
}

/**
 * Replaces `${NAME}` by the variable of that name, and `${NAME:-text}` by the text where it is not set. `$${` stands for
 * a plain `${`.
 * @returns the text, or why it cannot be made
 */
export function expandVariables(
  text: string,
  source: VariableSource,
): { text: string } | { problem: string } {
  let problem: string | undefined;
  const expanded = text.replaceAll(REFERENCE, (whole, escape: string, name?: string, fallback?: string) => {
    if (escape === '$') return whole.slice(1);
    if (name === undefined) {
      problem ??= 'has a "${" that begins no reference: write "${NAME}", or "$${" for the text itself';
      return whole;
    }
    const lacking = source.lacking(name);
    if (lacking !== undefined) {
      const who = lacking === 'manifest' ? 'the manifest does not ask for it' : 'the host does not grant it';
      problem ??= `refers to the variable ${name}, and needs "env:${name}": ${who}`;
      return whole;
    }
    const value = source.env[name] ?? fallback;
    problem ??= value === undefined ? `refers to the variable ${name}, which is not set` : undefined;
    return value ?? whole;
  });
  return problem === undefined ? { text: expanded } : { problem };
}

const REFERENCE = /(\$?)\$\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\})?/g;
