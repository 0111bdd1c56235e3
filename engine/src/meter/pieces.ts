/**
 * Work that yields wherever other work of the thread may come in between. Metering a module of many megabytes takes seconds:
 * whoever drives it does all at once, or gives the thread back now and then.
 */
export type Pieces<Result> = Generator<void, Result, void>;

/**
 * Does all pieces at once.
 * @throws what a piece throws
 */
export function atOnce<Result>(pieces: Pieces<Result>): Result {
  let piece = pieces.next();
  while (piece.done !== true) piece = pieces.next();
  return piece.value;
}
