import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CHROMIUM, runPage } from '../support/chromium.js';
import { modulePage } from '../support/module-page.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const POLICY = "default-src 'self'; script-src 'self' 'nonce-n' 'wasm-unsafe-eval'";

interface Live {
  heard: { worst: number; peak: number; seconds: number };
  states: string[];
  events: string[];
  fuel: number[];
  versions: string[];
}

const LIVE = `
import { playLive } from '/test/browser/pages/live.js';
return await playLive({ seconds: 8, reloads: 10 });`;

const unavailable = CHROMIUM === undefined ? 'no Chromium on this machine' : false;

describe(`openPluginNode()${unavailable === false ? '' : ` (skipped: ${unavailable})`}`, () => {
  it.skipIf(unavailable)(
    'reloads three metered plugins of a live context without a click, without eval',
    async () => {
      const found = (await runPage({ root: ROOT, html: modulePage(LIVE), policy: POLICY })) as Live;
      expect(found).toMatchObject({
        states: Array.from({ length: 10 }, () => 'carried'),
        versions: ['2.0.9', '2.0.10', '2.0.8'],
      });
      expect(found.events.filter((kind) => !/^(committed|confirmed)$/.test(kind))).toEqual([]);
      expect(found.fuel.every((fuel) => fuel > 0)).toBe(true);
      expect(found.heard.peak).toBeGreaterThan(0.1);
      // A click of a lost block would be near the peak.
      expect(found.heard.worst / found.heard.peak).toBeLessThan(1e-3);
    },
  );
});
