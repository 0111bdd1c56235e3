import type { Io } from '../io.js';
import { formatBytes, formatCount, printable, renderTable, wrap } from '../terminal/index.js';
import type { FoundPlugin, PluginList } from './find-plugins.js';

const HEAD = ['ID', 'VERSION', 'CARRIER', 'STATUS', 'SIZE', 'STATE', 'PERMISSIONS', 'INTERFACES'];
const SIZE = 4;
/** As many as fit a line; `--json` prints all of them. */
const MOST_SHOWN = 4;

/** Writes the plugins of a folder as a table, and their faults below it. */
export function renderPluginList({ folder, plugins, problems }: PluginList, io: Io): string {
  if (plugins.length === 0 && problems.length === 0) {
    return wrap(
      `${printable(folder)} holds no plugins. A plugin is a folder with a plugin.json, or a *.plugin.zip\n`,
      io.columns,
    );
  }
  const table = renderTable(HEAD, { rows: plugins.map(row), right: [SIZE], columns: io.columns });
  const complaints = [
    ...plugins.flatMap(({ id, version, problems: own }) => own.map((each) => `${id} ${version}: ${each}`)),
    ...problems.map(({ message }) => message),
  ];
  const [head = '', ...rows] = table.split('\n');
  const lines = plugins.length === 0 ? [] : [io.style('bold', head), ...rows, ''];
  const found = formatCount(plugins.length, 'plugin');
  const wrong = complaints.length === 0 ? '' : `, ${formatCount(complaints.length, 'problem')}`;
  lines.push(`${found}${wrong}`);
  lines.push(...complaints.map((each) => `  ${io.style('red', '✗')} ${indented(printable(each))}`));
  lines.push(
    ...plugins.flatMap(({ id, version, needs }) =>
      needs.map(
        (each) => `  ${io.style('yellow', '•')} ${indented(printable(`${id} ${version} needs ${each}`))}`,
      ),
    ),
  );
  return `${wrap(lines.join('\n'), io.columns, { hanging: 2 })}\n`;
}

function row(plugin: FoundPlugin): string[] {
  const { id, version, carrier, state, interfaces, permissions, stateSchema, sizeBytes } = plugin;
  const shown = state === 'registered' ? statusOf(plugin) : state;
  const size = sizeBytes === null ? '-' : formatBytes(sizeBytes);
  const schema = stateSchema === null ? '-' : `schema ${stateSchema}`;
  return [id, version, carrier, shown, size, schema, few(permissions), few(interfaces)];
}

function statusOf({ problems, needs }: FoundPlugin): string {
  if (problems.length > 0) return 'broken';
  return needs.length > 0 ? 'needs more' : 'ok';
}

function few(names: readonly string[]): string {
  const shown = names.slice(0, MOST_SHOWN).map(printable).join(', ');
  return names.length > MOST_SHOWN ? `${shown} and ${names.length - MOST_SHOWN} more` : shown || '-';
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n    ');
}
