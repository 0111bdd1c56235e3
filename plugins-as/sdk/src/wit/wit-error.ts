import { placePicture, type WitPlace } from './wit-text.js';

/** WIT that does not make up a package, or that cannot be encoded or bound. */
export class WitError extends Error {
  override name = 'WitError';
  /** Its author's way to mend it. */
  readonly hint: string | undefined;
  /** Positions of the fault in the files; none if it is in no file. */
  readonly places: readonly WitPlace[];

  constructor(message: string, hint?: string, { places = [] }: { places?: readonly WitPlace[] } = {}) {
    super(message);
    this.hint = hint;
    this.places = places;
  }

  /** The message, with the lines of the files that it is about. */
  get withPicture(): string {
    return [this.message, ...this.places.map(placePicture)].join('\n');
  }
}
