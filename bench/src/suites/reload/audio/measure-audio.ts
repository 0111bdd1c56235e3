import { atMost, rowReport, type RowReport, type Verdict } from '../../../report/index.js';
import { BLOCK_NS, type AudioRun, type LateBlock } from './audio-line.js';
import { runAudio } from './run-audio.js';

/** Ways to start Node: by default, and as `docs/realtime.md` says. */
export const AUDIO_HOSTS = [
  { name: 'audio, 48 kHz, 128 frames', flags: [] },
  {
    name: 'audio, a realtime host',
    flags: ['--single-threaded-gc', '--max-semi-space-size=1', '--initial-old-space-size=256'],
  },
] as const;

/** A device plays blocks that it got ahead of time: a smaller delay is not heard. */
const DEVICE_BLOCKS = 3;

/** Reloads the plugins of a chain in real time, and tells which blocks came too late, and why. */
export async function measureAudio(
  { name, flags }: (typeof AUDIO_HOSTS)[number],
  { quick }: { quick: boolean },
): Promise<{ rows: RowReport[]; verdict: Verdict[] }> {
  const run = await runAudio(quick ? 2 : 100, flags);
  const samples: [string, number[]][] = [['work on a block', run.workNs]];
  for (const [doing, lengths] of Object.entries(run.lengthsNs)) {
    if (doing !== 'no processor') samples.push([doing, lengths]);
  }
  const rows = samples.map(([what, each]) => rowReport(`${name}: ${what}`, withWorst(each), { ratios: [] }));
  return { rows, verdict: [judge(name, run, 1), judge(name, run, DEVICE_BLOCKS)] };
}

function withWorst(samples: readonly number[]): Map<string, number[]> {
  return new Map([
    ['on the thread', [...samples]],
    ['worst', [Math.max(...samples)]],
  ]);
}

function judge(name: string, run: AudioRun, blocksAhead: number): Verdict {
  const tooLate = (late: readonly LateBlock[]): LateBlock[] =>
    late.filter(({ lateNs }) => lateNs > (blocksAhead - 1) * BLOCK_NS);
  const [late, quiet] = [tooLate(run.late), tooLate(run.lateQuiet)];
  const ahead = blocksAhead === 1 ? '' : `, a device that is ${blocksAhead} blocks ahead`;
  const inBetween = `in between: ${quiet.length} of ${run.quietBlocks}${causes(quiet)}`;
  const claim = `${name}${ahead}: missed of ${run.blocks}, through ${run.reloads} reloads${causes(late)} (${inBetween})`;
  return atMost(claim, 0, late.length);
}

/** E.g. `: 3 collect, 1 swap`. */
function causes(late: readonly LateBlock[]): string {
  const counts = new Map<string, number>();
  for (const { because } of late) counts.set(because, (counts.get(because) ?? 0) + 1);
  const texts = [...counts].sort(([, a], [, b]) => b - a).map(([because, count]) => `${count} ${because}`);
  return texts.length === 0 ? '' : `: ${texts.join(', ')}`;
}
