import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GUESTS, ROOT } from '../../scripts/src/guests.js';
import { readHashRecord } from '../../scripts/src/hash-record.js';
import { fileHash, sourceHash } from '../../scripts/src/source-hash.js';
import { WORLDS_FILE, worldsModule } from '../../scripts/src/worlds.js';

const PLUGINS = GUESTS.filter(({ world }) => world === 'audio-effect');
const MOST_PLUGIN_BYTES = 100_000;
const MOST_BYTES = 200_000;
/** Parts of paths on the machine of a build, none of which may be in a component. */
const MACHINE_PATHS = /\/root\/|\/home\/|\/Users\/|\/work\/|[A-Z]:\\|\.cargo|index\.crates\.io|node_modules/;

describe.each(GUESTS)('$output', (guest) => {
  it('is built from the sources as they are: else run `npm run build:guests`', () => {
    expect(readHashRecord(guest)).toMatchObject({
      sources: sourceHash(guest.inputs),
      output: fileHash(guest.output),
    });
  });

  it('is under 200 kB', () => {
    expect(readFileSync(join(ROOT, guest.output)).length).toBeLessThan(MOST_BYTES);
  });

  it('holds no path of the machine it was built on', () => {
    const bytes = readFileSync(join(ROOT, guest.output));
    expect(bytes.toString('latin1')).not.toMatch(MACHINE_PATHS);
    // AssemblyScript keeps text in UTF-16: without the zeros between them its letters read as any other.
    expect(bytes.toString('latin1').replaceAll('\0', '')).not.toMatch(MACHINE_PATHS);
  });
});

describe.each(PLUGINS)('$output', ({ output }) => {
  it('is under 100 kB', () => {
    expect(readFileSync(join(ROOT, output)).length).toBeLessThan(MOST_PLUGIN_BYTES);
  });
});

it(`${WORLDS_FILE} holds the worlds of abi/wit as they are: else run \`npm run build:worlds\``, async () => {
  expect(readFileSync(join(ROOT, WORLDS_FILE), 'utf8').replaceAll('\r\n', '\n')).toBe(await worldsModule());
});
