import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, type Clock } from '../../harness/index.js';
import { atMost, rounded, rowReport, type RowReport, type Verdict } from '../../report/index.js';
import type { Suite } from '../suite.js';
import { commandLine } from './command-line.js';
import { GAINS, type Gain } from './gains.js';

const PACKAGES = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
const STEPS = ['new', 'build', 'test'] as const;
const MOST_SECONDS = 10;
const NS_A_SECOND = 1e9;

/** Templates that are timed; the first alone with `--quick`, and judged. */
const TEMPLATES = [
  { name: 'AssemblyScript, own', language: 'assemblyscript', world: 'own' },
  { name: 'AssemblyScript, audio-effect', language: 'assemblyscript', world: 'audio-effect' },
  { name: 'Rust, own', language: 'rust', world: 'own' },
  { name: 'C, own', language: 'c', world: 'own' },
  { name: 'JavaScript, own', language: 'javascript', world: 'own' },
] as const;

/**
 * Waiting time of an author, step by step, each by the command line in its own process and a new folder; and the sizes of
 * plugins. Steps whose toolchain is missing are left out.
 */
export const AUTHORS: Suite = {
  name: 'authors',
  summary: 'from nothing to a tested plugin: the time of each step, and sizes',
  defaultRounds: 3,
  async run({ only, quick, rounds, clock, progress }) {
    const folder = await mkdtemp(join(tmpdir(), 'wasm-plugin-authors-'));
    const rows: RowReport[] = [];
    const verdict: Verdict[] = [];
    try {
      await symlink(PACKAGES, join(folder, 'node_modules'));
      for (const template of quick ? TEMPLATES.slice(0, 1) : TEMPLATES) {
        if (!template.name.includes(only)) continue;
        progress(template.name);
        const row = await timed(template, { folder, rounds: quick ? 1 : rounds, clock });
        if (row === undefined) progress(`${template.name}: left out, its toolchain is missing`);
        else rows.push(row);
        if (row !== undefined && template === TEMPLATES[0]) {
          const ns = Object.values(row.variants).reduce((sum, { medianNs }) => sum + medianNs, 0);
          const claim = `${template.name}: new, build and test`;
          verdict.push(atMost(claim, MOST_SECONDS, rounded(ns / NS_A_SECOND), ' s'));
        }
      }
      for (const gain of quick ? GAINS.slice(0, 1) : GAINS) {
        if (!`gain, ${gain.language}`.includes(only)) continue;
        progress(`gain, ${gain.language}`);
        const bytes = await sizeOf(gain, folder);
        if (bytes === undefined) progress(`gain, ${gain.language}: left out, its toolchain is missing`);
        else verdict.push(atMost(`gain, ${gain.language}: size`, gain.mostBytes, bytes, ' bytes'));
      }
      return { rows, verdict };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function timed(
  { name, language, world }: (typeof TEMPLATES)[number],
  { folder, rounds, clock }: { folder: string; rounds: number; clock: Clock },
): Promise<RowReport | undefined> {
  const samples = new Map<string, number[]>(STEPS.map((step) => [step, []]));
  const sizes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const plugin = `${language}-${world}-r${round}`;
    const commands = {
      new: ['new', plugin, '--language', language, '--world', world],
      build: ['build', plugin],
      test: ['test', plugin],
    };
    for (const step of STEPS) {
      const start = clock();
      if ((await commandLine(commands[step], folder)) === undefined) return undefined;
      samples.get(step)?.push(clock() - start);
    }
    sizes.push((await stat(join(folder, plugin, 'plugin.wasm'))).size);
  }
  const row = rowReport(name, samples, { ratios: [] });
  row.ratios['bytes'] = median(sizes);
  return row;
}

async function sizeOf({ language, files }: Gain, folder: string): Promise<number | undefined> {
  const plugin = join(folder, `gain-${language.toLowerCase()}`);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(plugin, path)), { recursive: true });
    await writeFile(join(plugin, path), text);
  }
  if ((await commandLine(['build', plugin], folder)) === undefined) return undefined;
  return (await stat(join(plugin, 'plugin.wasm'))).size;
}
