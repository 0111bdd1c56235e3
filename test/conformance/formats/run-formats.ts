import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { scanLibraries, type LibraryVerdict } from '@wasm-plugin/native-bridge';
import { describeError, failed, PASSED, skipped, type CaseOutcome, type CaseResult } from '../suite/index.js';
import { APPLIED, compareWithApplyplugin } from './applyplugin-cases.js';
import { CLAP_CHECKS } from './clap-checks.js';
import { noise, openOwnLane, withPlugin } from './start-plugin.js';

const FOLDERS = ['ladspa', 'clap'] as const;
const NO_PLUGINS =
  'no such plugins: install the packages ladspa-sdk, swh-plugins, cmt, tap-plugins, zam-plugins';

/** Libraries that crash as they are destroyed, which has to be contained and reported. */
const CRASHES_AT_THE_END = new Set(['ZaMaximX2.clap']);

const BLOCKS = 375;
const FRAMES = 128;

type Case = readonly [folder: string, name: string, run: () => Promise<void>];

/**
 * Runs each plugin of each library of other people's formats on this machine, in a child process: describes it, gives its
 * controls their defaults, and processes a second of noise. CLAP plugins are held to checks of clap-validator as well, and some
 * LADSPA plugins against `applyplugin`.
 */
export async function runFormats(selects: (name: string) => boolean): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const folder of FOLDERS) {
    const path = `/usr/lib/${folder}`;
    if (process.platform !== 'linux' || !existsSync(path)) {
      results.push({ folder, case: folder, ...skipped(NO_PLUGINS) });
      continue;
    }
    for (const [name, label, run] of await casesIn(path))
      if (selects(label)) results.push({ folder: name, case: label, ...(await judge(run)) });
  }
  return results;
}

async function casesIn(path: string): Promise<Case[]> {
  const cases: Case[] = [];
  const folder = basename(path);
  for (const file of readdirSync(path).filter((name) => /\.(so|clap)$/.test(name))) {
    const library = `${path}/${file}`;
    const verdict = (await scanLibraries([library])).get(library) as LibraryVerdict;
    if ('error' in verdict) cases.push([folder, library, () => Promise.reject(new Error(verdict.error))]);
    else for (const label of verdict.plugins) cases.push(...casesOf(folder, library, label));
  }
  if (folder !== 'ladspa') return cases;
  for (const [file, label] of APPLIED) {
    const library = `${path}/${file}`;
    if (existsSync(library))
      cases.push([
        'applyplugin',
        `${library}#${label} as applyplugin`,
        () => compareWithApplyplugin(library, label),
      ]);
  }
  return cases;
}

function casesOf(...[folder, path, label]: [folder: string, path: string, label: string]): Case[] {
  const name = `${path}#${label}`;
  const cases: Case[] = [[folder, name, () => runPlugin(path, label)]];
  if (folder !== 'clap') return cases;
  for (const check of CLAP_CHECKS)
    cases.push(['clap checks', `${name} ${check.name}`, () => withPlugin({ path, label }, check.run)]);
  return cases;
}

async function judge(run: () => Promise<void>): Promise<CaseOutcome> {
  try {
    await run();
    return PASSED;
  } catch (error) {
    return failed(describeError(error));
  }
}

async function runPlugin(path: string, label: string): Promise<void> {
  let farewell: Error | undefined;
  await withPlugin({ path, label, onFarewell: (error) => (farewell = error) }, async (start) => {
    const plugin = await start();
    const lane = openOwnLane(plugin, FRAMES);
    for (const { id, default: value } of plugin.settable) plugin.processor.setParameter(id, value);
    const random = noise();
    for (let block = 0; block < BLOCKS; block++) {
      for (const input of lane.inputs) for (let at = 0; at < FRAMES; at++) input[at] = random();
      lane.process(FRAMES);
      for (const output of lane.outputs)
        assert.ok(output.every(Number.isFinite), `block ${block} is not finite`);
    }
    assert.equal(plugin.instance.state, 'ready');
  });
  if (CRASHES_AT_THE_END.has(basename(path))) assert.match(String(farewell), /SIGSEGV/);
  else assert.equal(farewell, undefined);
}
