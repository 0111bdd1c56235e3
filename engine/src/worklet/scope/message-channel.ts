import { inTurn } from './turns.js';

/** `MessageChannel` as far as the engine uses it in an audio worklet, which has none: from `port2` to `port1`. */
export class MessageChannel {
  readonly port1 = {
    heard: undefined as (() => void) | undefined,
    addEventListener(_kind: 'message', heard: () => void): void {
      this.heard = heard;
    },
    start: (): void => undefined,
    close: (): void => undefined,
  };
  readonly port2 = {
    postMessage: (_message: undefined): void => inTurn(() => this.port1.heard?.()),
  };
}
