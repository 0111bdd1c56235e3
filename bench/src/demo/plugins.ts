import { fileURLToPath } from 'node:url';

/** A plugin of the chain, and how it is set. */
export interface PluginChoice {
  /** The file, as built by `npm run build:guests`. */
  file: string;
  settings: Record<string, string>;
  /** Its version. */
  version: string;
  /** Versions that take its place while the sound goes on, and when: the share of the sound that has been played. */
  later: readonly LaterVersion[];
}

/** Another version of a plugin. */
export interface LaterVersion {
  file: string;
  version: string;
  atShare: number;
}

/**
 * Equalizer, then compressor: fuller bass, less mud, more air; then the loud parts tamed and all of it lifted.
 * Half-way, the equalizer becomes version 2, with its state. Version 3 is faulty, and never heard; version 4 proves to be
 * faulty while it is heard. The changes in their sources are in `plugins-as/eq/versions.json`.
 */
export const PLUGINS: readonly PluginChoice[] = [
  {
    file: guest('plugins-as/build/eq.wasm'),
    settings: {
      'band1.frequency': '110',
      'band1.gain': '4',
      'band2.frequency': '320',
      'band2.gain': '-4',
      'band4.frequency': '2500',
      'band4.gain': '2',
      'band6.frequency': '8000',
      'band6.gain': '5',
      output: '-1',
    },
    version: '1.0.0',
    later: [
      { file: guest('plugins-as/build/eq-v2.wasm'), version: '2.0.0', atShare: 0.5 },
      { file: guest('plugins-as/build/eq-v3.wasm'), version: '3.0.0', atShare: 0.65 },
      { file: guest('plugins-as/build/eq-v4.wasm'), version: '4.0.0', atShare: 0.8 },
    ],
  },
  {
    file: guest('plugins-rust/build/compressor.wasm'),
    settings: { threshold: '-24', ratio: '4', attack: '8', release: '160', knee: '8', makeup: '7' },
    version: '1.0.0',
    later: [],
  },
];

function guest(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}
