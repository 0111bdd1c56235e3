import { SingleBar } from 'cli-progress';

/** Shows the progress of the work, on a terminal only. */
export interface Progress {
  /** @param share - 0 to 1 */
  update(share: number): void;
  stop(): void;
}

export function createProgress(label: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  if (stream.isTTY !== true) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    stream,
    format: `${label} {bar} {percentage} %`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 40,
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(100, 0);
  return { update: (share) => bar.update(Math.round(share * 100)), stop: () => bar.stop() };
}
