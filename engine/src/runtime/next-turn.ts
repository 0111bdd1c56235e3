// Node has it, browsers do not.
const { setImmediate: immediate } = globalThis as { setImmediate?: (work: () => void) => unknown };

/** Lets everything else run that waits for this thread: calls that come in, a block of audio that is due. */
export function nextTurn(): Promise<void> {
  if (immediate !== undefined) return new Promise((resolve) => void immediate(resolve));
  // A timer of a browser may take 4 ms, a message takes none.
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });
}
