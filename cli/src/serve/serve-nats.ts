import { printable } from '../terminal/index.js';
import { installed, NATS_PACKAGES } from './installed.js';
import { shareInstance } from './nats-host.js';
import type { Served } from './open-served.js';
import type { Report } from './reporter.js';

/** Options of `serveNats`. */
export interface ServeNatsOptions {
  url: string;
  report: Report;
  /** Settles when the process is to end. */
  ended: Promise<void>;
}

/**
 * Serves a plugin by NATS until the process is to end. Of a plugin with a state one process at a time is the host: the others wait
 * until it has let the state go, or is gone.
 */
export async function serveNats(
  served: Pick<Served, 'factory' | 'manifest'>,
  { url, report, ended }: ServeNatsOptions,
): Promise<void> {
  const {
    connectNats,
    OwnedStates,
    serveNats: join,
  } = await installed(import('@wasm-plugin/native-bridge/nats'), NATS_PACKAGES);
  const { manifest } = served;
  const { id, version } = manifest;
  const ending = new AbortController();
  void ended.then(() => ending.abort());
  const nats = await connectNats(url);
  const onUnsaved = (reason: string): void => report({ event: 'note', message: reason });
  const states = manifest.state === undefined ? undefined : await OwnedStates.open(nats);
  try {
    while (!ending.signal.aborted) {
      if (states !== undefined) report({ event: 'waiting', message: `waits for the state of ${id}` });
      const owned = await states?.own(id, { signal: ending.signal }).catch((error: unknown) => {
        if (ending.signal.aborted) return undefined;
        throw error;
      });
      if (ending.signal.aborted) {
        await owned?.release();
        break;
      }
      const shared = shareInstance(served.factory, {
        owned,
        onUnsaved,
        onSaved: () => report({ event: 'saved', id }),
      });
      const joined = await join(nats, shared.factory, {
        connections: states === undefined,
        own: served.factory,
        onLog: (level, message) => report({ event: 'log', level, message: printable(message) }),
      });
      report({ event: 'listening', id, version, address: url });
      const lost = await Promise.race([ended, ...(owned === undefined ? [] : [owned.lost])]);
      await joined.close();
      if (lost === undefined) await shared.save();
      else report({ event: 'refused', message: lost.message });
      await owned?.release();
    }
  } finally {
    await nats.drain();
  }
}
