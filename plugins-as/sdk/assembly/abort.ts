/** Ends a plugin that cannot go on. Every other file comes after this one, since the library aborts too. */

/** The text of an `abort`, for the engine to read when the instance has trapped: its address and its length. */
export let abortMessage: usize = 0;
export let abortMessageUnits: i32 = 0;

/** Ends the instance: for `throw`, a failed `assert`, and fatal errors in the library. */
export function abort(message: string | null, file: string | null, line: u32, column: u32): void {
  if (message !== null) {
    abortMessage = changetype<usize>(message);
    abortMessageUnits = message.length;
  }
  unreachable();
}

/** The same, for a plugin that is built to be looked into: the text says where. */
export function abortAt(message: string | null, file: string | null, line: u32, column: u32): void {
  const place = `${file === null ? '' : file}:${line}:${column}`;
  abort(message === null ? `abort at ${place}` : `${message}, at ${place}`, file, line, column);
}
