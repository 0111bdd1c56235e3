import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from './program.js';
import { cacheFolder, missingRust, runTool, toolVersion } from './tools.js';

/** Programs of crates.io that build for `wasm32-wasip2`, by newer crates than their own lock files name. */
const CRATES = [
  { name: 'hexyl', version: '0.17.0' },
  { name: 'sd', version: '1.0.0' },
  { name: 'b3sum', version: '1.8.7' },
  { name: 'svgbob_cli', version: '0.7.6' },
  { name: 'grex', version: '1.4.6' },
  { name: 'choose', version: '1.3.7' },
] as const;

/** Whole-program optimization takes most of a build, and is nothing that is compared. */
const PROFILE = { CARGO_PROFILE_RELEASE_LTO: 'false', CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16' };

export const CRATE_PROGRAMS: Program[] = CRATES.map(({ name, version }) => ({
  name,
  key: () => `${name} ${version} ${toolVersion('rustc') ?? ''}`,
  missing: missingRust,
  build(file, folder) {
    const args = ['install', '--quiet', '--target', 'wasm32-wasip2', '--root', folder];
    const env = { ...PROFILE, CARGO_TARGET_DIR: join(cacheFolder(), 'target') };
    runTool('cargo', [...args, `${name}@${version}`], { env });
    copyFileSync(join(folder, 'bin', `${name}.wasm`), file);
  },
}));
