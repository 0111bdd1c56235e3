import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** The binary of a text, or why the text parser refuses it. */
export type EncodedText = { bytes: Uint8Array } | { refusal: string };

/**
 * Code of the worker that runs the parser. A panic poisons the parser, so it lives in a worker that can be replaced. The worker
 * is text because it has to start from the sources, under a test runner, as well as from the build.
 */
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
import(workerData).then(({ parse }) => {
  parentPort.on('message', async (texts) => {
    for (const text of texts) {
      try {
        parentPort.postMessage({ bytes: await parse(text) });
      } catch (error) {
        const panicked = typeof error?.payload !== 'string';
        parentPort.postMessage({ refusal: panicked ? 'the text parser panicked' : error.payload, panicked });
        if (panicked) return;
      }
    }
  });
  parentPort.postMessage('ready');
});
`;

type Answer = 'ready' | (EncodedText & { panicked?: boolean });

/** Text directions that the parser takes for an attack; an escape means the same. */
const CONFUSING = /[\u202a-\u202e\u2066-\u206f]/g;

/**
 * Encodes module and component texts to binaries, unvalidated, with the wasm-tools that jco carries.
 * State: the worker is started at the first use and ends with the process, or by `close()`.
 */
export class WatEncoder {
  readonly #parser: string;
  #worker: Worker | undefined;

  /** @param parser URL of the module that exports `parse` */
  constructor(parser: string = wasmTools()) {
    this.#parser = parser;
  }

  /** Encodes `texts`, in order. */
  async encode(texts: readonly string[]): Promise<EncodedText[]> {
    const plain = texts.map((text) =>
      text.replaceAll(CONFUSING, (char) => `\\u{${(char.codePointAt(0) as number).toString(16)}}`),
    );
    const encoded: EncodedText[] = [];
    while (encoded.length < plain.length) {
      const panicked = await this.#encodeUntilPanic(plain, encoded);
      if (panicked) await this.close();
    }
    return encoded;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #encodeUntilPanic(texts: readonly string[], encoded: EncodedText[]): Promise<boolean> {
    const worker = (this.#worker ??= await startWorker(this.#parser));
    worker.ref();
    try {
      return await new Promise<boolean>((resolve, reject) => {
        worker.removeAllListeners('message').removeAllListeners('error');
        worker.once('error', reject);
        worker.on('message', (answer: Exclude<Answer, 'ready'>) => {
          const { panicked = false, ...result } = answer;
          encoded.push('refusal' in result ? { refusal: shortRefusal(result.refusal) } : result);
          if (panicked || encoded.length === texts.length) resolve(panicked);
        });
        worker.postMessage(texts.slice(encoded.length), []);
      });
    } finally {
      worker.unref();
    }
  }
}

function wasmTools(): string {
  const require = createRequire(import.meta.url);
  return pathToFileURL(require.resolve('@bytecodealliance/jco-transpile/wasm-tools')).href;
}

async function startWorker(parser: string): Promise<Worker> {
  const worker = new Worker(WORKER, { eval: true, workerData: parser });
  await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return worker;
}

/** Takes the reason out of the dump of a Rust error. */
function shortRefusal(refusal: string): string {
  return (
    /kind: (?:Custom\("(.*)"\)|(Lex\(.*\))) \} \}\) \}$/.exec(refusal)?.slice(1).find(Boolean) ??
    refusal.slice(0, 200)
  );
}
