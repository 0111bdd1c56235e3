/** Result of a copy (specification: `CopyResult`). */
export const COPY = { completed: 0, dropped: 1, cancelled: 2 } as const;

export type CopyResult = (typeof COPY)[keyof typeof COPY];

/**
 * Elements on their way: an array of numbers, an array of values, or only their number if the elements have no type. An array of
 * numbers may be a view of a guest's memory, to be copied at once.
 */
export type Elements = unknown;

/** The place that one side of a copy offers. */
export interface Place {
  /** Number of elements that are left. */
  readonly remaining: number;
  /** True if it had none from the start. */
  readonly isZero: boolean;
  /** The component instance that it belongs to; `undefined` for the host. */
  readonly owner: object | undefined;
}

/** Elements to be read. */
export interface Source extends Place {
  read(count: number, toHost: boolean): Elements;
}

/** Room for elements. */
export interface Sink extends Place {
  write(elements: Elements, count: number, fromHost: boolean): void;
}

/** Copies as many elements as both sides have. */
export function copyElements(source: Source, sink: Sink): void {
  const count = Math.min(source.remaining, sink.remaining);
  const elements = source.read(count, sink.owner === undefined);
  sink.write(elements, count, source.owner === undefined);
}
