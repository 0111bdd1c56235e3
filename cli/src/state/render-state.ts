import type { Io } from '../io.js';
import { formatBytes, formatJson, printable } from '../terminal/index.js';
import type { StatePreview, StateReport } from './state-report.js';

const MOST_LINES = 20;
const MOST_CHARACTERS = 120;
const HEX_A_LINE = 32;

/** Describes a state, for people. */
export function renderState(report: StateReport, io: Io): string {
  const { plugin, version, schema, abi, savedAt, lengthBytes, sha256, preview } = report;
  const facts = [
    ['plugin', printable(plugin)],
    ['version', printable(version)],
    ['schema', String(schema)],
    ['abi', printable(abi)],
    ['saved', savedAt],
    ['length', formatBytes(lengthBytes)],
    ['sha256', sha256],
  ].map(([name = '', value]) => `${io.style('bold', name.padEnd(8))}${value}`);
  return `${[...facts, '', ...previewLines(preview, lengthBytes)].join('\n')}\n`;
}

/** Describes a state in one line. */
export function summaryOf({ plugin, version, schema, savedAt, lengthBytes }: StateReport): string {
  const whose = `state of ${printable(plugin)} ${printable(version)}`;
  return `${whose}, schema ${schema}, ${formatBytes(lengthBytes)}, saved ${savedAt}`;
}

function previewLines(preview: StatePreview, lengthBytes: number): string[] {
  if (preview.kind === 'hex') {
    const shown = preview.text.match(new RegExp(`.{1,${HEX_A_LINE}}`, 'g')) ?? [];
    const lines = shown.map((line, index) => {
      const at = (index * HEX_A_LINE) / 2;
      return `${at.toString(16).padStart(4, '0')}  ${line.replaceAll(/(..)(?=.)/g, '$1 ')}`;
    });
    return preview.text.length / 2 < lengthBytes ? [...lines, '…'] : lines;
  }
  const lines = printable(preview.kind === 'json' ? formatJson(preview.value) : preview.text).split('\n');
  const shown = lines
    .slice(0, MOST_LINES)
    .map((line) => (line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line));
  return lines.length > MOST_LINES ? [...shown, '…'] : shown;
}
