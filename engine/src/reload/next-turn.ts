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

/** A survivor of a collection is young once more, and what died is counted until another buffer is made. */
const ROUNDS = 3;

/**
 * Gives the thread back after an instance was started, and lets the collections happen that would else fall into the pause.
 * Before it makes a buffer, V8 collects young objects while the buffers among them, memories of instances too, are above a
 * bound; that is every few reloads. Each takes milliseconds, so each has a turn of its own.
 */
export async function settle(): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    void new ArrayBuffer(1);
    await nextTurn();
  }
}
