import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { wasmtime } from '../../conformance/programs/wasmtime.js';
import { composeGuests, LANGUAGES, type Language } from './guests.js';
import { SCENARIOS } from './host-runner.js';
import { WITH_MIDDLE } from './run-scenarios.js';

const folder = mkdtempSync(join(tmpdir(), 'wasm-plugin-scenarios-'));
afterAll(() => rmSync(folder, { recursive: true }));

const COMPOSITIONS = LANGUAGES.flatMap((runner) =>
  LANGUAGES.flatMap((subject): Composition[] => [
    { runner, subject },
    { runner, subject: runner, middle: subject },
  ]),
);

interface Composition {
  runner: Language;
  subject: Language;
  middle?: Language;
}

/** The guests that the engine runs, and the same scenarios: wasmtime says of each that every check passed. */
describe('the scenarios in wasmtime', () => {
  it.for(COMPOSITIONS)('$runner calls $middle $subject', { timeout: 300_000 }, (composition, { skip }) => {
    const program = wasmtime();
    if ('missing' in program) return skip(program.missing);
    const { runner, subject, middle } = composition;
    const file = join(folder, 'composed.wasm');
    writeFileSync(file, composeGuests(runner, subject, middle));
    const compiled = join(folder, 'composed.cwasm');
    expect(spawnSync(program.file, ['compile', '-o', compiled, file], { encoding: 'utf8' }).stderr).toBe('');
    const names = middle === undefined ? Object.keys(SCENARIOS) : WITH_MIDDLE;
    const answers = names.map((name) => {
      const call = ['run', '--allow-precompiled', '--invoke', `run("${name}")`, compiled];
      const { stdout, stderr } = spawnSync(program.file, call, { encoding: 'utf8' });
      return [name, stdout.trim(), stderr];
    });
    expect(answers).toEqual(names.map((name) => [name, 'ok', '']));
  });
});
