// Node has it, browsers do not.
const { setImmediate: immediate } = globalThis as { setImmediate?: (work: () => void) => unknown };

let channel: MessageChannel | undefined;
const works: (() => void)[] = [];

/** Does `work` after everything else that waits for this thread has had its turn. */
export function nextTurn(work: () => void): void {
  if (immediate !== undefined) {
    immediate(work);
    return;
  }
  // A timer of a browser may take 4 ms, a message takes none.
  if (channel === undefined) {
    channel = new MessageChannel();
    channel.port1.addEventListener('message', () => works.shift()?.());
    channel.port1.start();
  }
  works.push(work);
  channel.port2.postMessage(undefined);
}
