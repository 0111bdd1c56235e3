import type { Io } from '../io.js';
import { formatCount, printable, renderTable } from '../terminal/index.js';
import type { AudioDescriptor } from '@wasm-plugin/abi';
import type { LibraryReport } from './library-report.js';

const FORMATS = { 'wasm-plugin': 'wasm_plugin.h', ladspa: 'LADSPA', clap: 'CLAP' } as const;
const HEAD = ['ID', 'PARAMETER', 'MIN', 'DEFAULT', 'MAX', ''];

/** Describes a library for people. */
export function renderLibrary({ file, format, plugins }: LibraryReport, io: Io): string {
  const lines = [`${printable(file)}: ${FORMATS[format]}, ${formatCount(plugins.length, 'plugin')}`];
  for (const { name, descriptor } of plugins) {
    if (descriptor === undefined) lines.push(`  ${printable(name) || 'a plugin without audio'}`);
    else lines.push('', ...describe(name, descriptor, io));
  }
  if (plugins.length > 1 && plugins.every(({ descriptor }) => descriptor === undefined))
    lines.push('', 'Ports and parameters of one: --plugin NAME');
  return `${lines.join('\n')}\n`;
}

function describe(name: string, descriptor: AudioDescriptor, io: Io): string[] {
  const { ports, parameters, latencyFrames } = descriptor;
  const title = [name, descriptor.name].filter(Boolean).map((text) => printable(text));
  const head = io.style('bold', title.join('  '));
  const channels = ports.map((port) => `${port.direction} "${printable(port.name)}" of ${port.channels}`);
  const latency = latencyFrames > 0 ? `; latency ${formatCount(latencyFrames, 'frame')}` : '';
  const rows = parameters.map(({ id, name: label, unit, flags, ...range }) => [
    String(id),
    printable(unit === '' ? label : `${label} (${unit})`),
    ...[range.min, range.default, range.max].map((value) => String(Number(value.toPrecision(6)))),
    flags.readOnly ? 'read-only' : flags.stepped ? 'steps' : '',
  ]);
  const table =
    rows.length === 0
      ? []
      : renderTable(HEAD, { rows, right: [0, 2, 3, 4], columns: io.columns }).split('\n');
  return [head, `${channels.join(', ') || 'no ports'}${latency}`, ...table];
}
