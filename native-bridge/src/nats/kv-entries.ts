/** Returns the key of a plugin in a bucket. */
export function kvKey(id: string): string {
  return id.replaceAll(/[^\w.=-]/g, '_');
}

/** Code of JetStream: the revision is another one. */
const WRONG_REVISION = 10_071;

/** Returns the code of an error of JetStream. */
export function codeOf(error: unknown): unknown {
  return (
    (error as { code?: unknown }).code ??
    (error as { api_error?: { err_code?: unknown } }).api_error?.err_code
  );
}

/** Returns true if somebody else has written. */
export function isConflict(error: unknown): boolean {
  return codeOf(error) === WRONG_REVISION || /wrong last sequence|key exists/.test(String(error));
}
