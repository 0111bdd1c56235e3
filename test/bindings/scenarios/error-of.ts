/** The payload of an error that WIT declares. */
export function errorOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    if (Object.hasOwn(error as object, 'payload')) return (error as { payload: unknown }).payload;
    throw error;
  }
  throw new Error('there was no error');
}
