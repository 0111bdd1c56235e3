import { describe, expect, it } from 'vitest';
import { renderPage } from '../../bench/src/page/index.js';

const VERDICTS = [
  { claim: 'a < b', wanted: '≤ 1.5', got: 1.25, ok: true },
  { claim: 'c', wanted: '≤ 1', got: 1234.5, ok: false },
];
const DSP = {
  name: 'dsp',
  summary: 'effects <b>',
  report: {
    bench: 'dsp',
    node: '20.0.0',
    rows: [
      { name: 'gain', variants: { engine: { medianNs: 90, p99Ns: 120 } }, ratios: { 'engine/core': 1.2 } },
      { name: 'fir', variants: { native: { medianNs: 1500, p99Ns: 1, p999Ns: 2e6 } }, ratios: {} },
    ],
    verdict: VERDICTS,
  },
};

describe('renderPage()', () => {
  it('says first which claims hold and which suites failed, then of what machine, and needs nothing else', () => {
    const failed = { name: 'load', summary: 'loads', failure: 'exit code 1\n<i>stack</i>' };
    const page = renderPage([DSP, failed], [['commit', 'abc <d>']]);
    const [first = ''] = /<p class="verdict bad">.*?<\/p>/.exec(page) ?? [];
    expect(first).toContain('1 of 2 claims hold; suites that failed: load');
    expect(page.indexOf(first)).toBeLessThan(page.indexOf('<dt>commit</dt><dd>abc &#60;d&#62;</dd>'));
    expect(page).toContain('<td>90 ns <span class="soft">(120 ns)</span></td><td>–</td>');
    expect(page).toContain('<td>1.5 µs <span class="soft">(2 ms)</span></td>');
    expect(page).toContain('<td>1.2×</td>');
    expect(page).toContain('<li class="bad">c ');
    expect(page).not.toMatch(/<b>|<i>|a < b|<script|src=|@import|url\(/);
  });

  it('is green when every claim holds', () => {
    const report = { ...DSP.report, verdict: VERDICTS.slice(0, 1) };
    expect(renderPage([{ ...DSP, report }], [])).toContain('<p class="verdict ok">1 of 1 claims hold</p>');
  });
});
