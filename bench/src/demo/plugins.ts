import { fileURLToPath } from 'node:url';

/** A plugin of the chain, and how it is set. */
export interface PluginChoice {
  /** The file, as built by `npm run build:guests`. */
  file: string;
  settings: Record<string, string>;
}

/** Equalizer, then compressor: fuller bass, less mud, more air; then the loud parts tamed and all of it lifted. */
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
  },
  {
    file: guest('plugins-rust/build/compressor.wasm'),
    settings: { threshold: '-24', ratio: '4', attack: '8', release: '160', knee: '8', makeup: '7' },
  },
];

function guest(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}
