import { Worker } from 'node:worker_threads';

/** What the worker is asked. */
export interface EncodeRequest {
  wit: string;
  /** Needed where the package has several. */
  world: string | undefined;
}

/** What the worker answers. */
export type EncodeAnswer =
  { kind: 'encoded'; bytes: Uint8Array } | { kind: 'refused' | 'panic'; reason: string };

/**
 * Encodes worlds with the wasm-tools that jco carries, in a worker: some texts make it panic, which poisons it.
 * State: a worker is started when it is needed, and thrown away after a panic.
 */
export class WitEncoder {
  #worker: Worker | undefined;

  /** Encodes one world of a WIT text. One at a time. */
  async encode(request: EncodeRequest): Promise<EncodeAnswer> {
    const worker = (this.#worker ??= new Worker(new URL('./encoder-worker.js', import.meta.url)));
    const answer = await new Promise<EncodeAnswer>((resolve, reject) => {
      worker.removeAllListeners();
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.postMessage(request, []);
    });
    if (answer.kind === 'panic') await this.close();
    return answer;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}
