/** Actions of a heartbeat. */
interface HeartbeatOptions {
  /** Asks the other side for a sign of life. */
  ask(): unknown;
  /** None came for so many milliseconds. */
  onSilence(ms: number): void;
}

/** Notices that the other side of a connection is gone, though the connection still stands. Any frame is a sign of life. */
export class Heartbeat {
  readonly #everyMs: number;
  readonly #timer: ReturnType<typeof setInterval>;
  /** Intervals since the last sign. */
  #silent = 0;

  constructor(everyMs: number, { ask, onSilence }: HeartbeatOptions) {
    this.#everyMs = everyMs;
    this.#timer = setInterval(() => {
      if (this.#silent >= 2) return onSilence(this.#silent * this.#everyMs);
      if (this.#silent++ > 0) ask();
    }, everyMs);
    (this.#timer as { unref?: () => void }).unref?.();
  }

  /** Notes a sign of life. */
  hear(): void {
    this.#silent = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
