/**
 * Work that yields at places where other work of the thread may run. Metering a module of many megabytes takes seconds: the
 * driver does it at once, or lets other work run now and then.
 */
export type Pieces<Result> = Generator<void, Result, void>;

/**
 * Does all pieces at once.
 * @throws the error of a piece
 */
export function atOnce<Result>(pieces: Pieces<Result>): Result {
  let piece = pieces.next();
  while (piece.done !== true) piece = pieces.next();
  return piece.value;
}
