import type { Io } from '../io.js';
import { formatBytes, printable, renderTable } from '../terminal/index.js';
import type { ComponentReport } from './component-report.js';
import { renderMeterReports } from './meter-report.js';
import type { CoreModuleReport, MemoryReport } from './core-module-report.js';

const WIT_KEYWORDS =
  /\b(world|import|export|use|record|variant|enum|flags|resource|type|func|interface)\b(?=[ (])/g;

/** Renders the result of `componentReport`, for people. */
export function renderReport(report: ComponentReport, io: Io): string {
  const sections = [
    title(report, io),
    colorWit(printable(report.wit), io),
    ...section('Core modules', modulesTable(report.coreModules, io), io),
    ...section('Producers', producersTable(report, io), io),
  ];
  if (report.coreModules.some(({ metered }) => metered !== undefined))
    sections.push(renderMeterReports(report.coreModules, io).trimEnd());
  return `${sections.join('\n\n')}\n`;
}

function title({ file, kind, name, sizeBytes }: ComponentReport, io: Io): string {
  const what = kind === 'component' ? 'component' : 'encoded WIT package';
  const named = name === null ? '' : ` "${printable(name)}"`;
  return `${io.style('bold', printable(file))}  ${what}${named}, ${formatBytes(sizeBytes)}`;
}

function section(head: string, body: string | undefined, io: Io): string[] {
  return body === undefined ? [] : [`${io.style('bold', head)}\n${body.replaceAll(/^(?=.)/gm, '  ')}`];
}

function colorWit(wit: string, io: Io): string {
  return wit.replaceAll(WIT_KEYWORDS, (word) => io.style('cyan', word));
}

function modulesTable(modules: readonly CoreModuleReport[], io: Io): string | undefined {
  if (modules.length === 0) return undefined;
  return renderTable(['#', 'name', 'size', 'functions', 'imports', 'exports', 'memory'], {
    rows: modules.map((module, index) => [
      String(index),
      printable(module.name ?? '—'),
      formatBytes(module.sizeBytes),
      module.functions.toLocaleString('en'),
      String(module.imports.length),
      String(module.exports.length),
      module.memories.map(memoryText).join(', ') || '—',
    ]),
    right: [0, 2, 3, 4, 5],
    columns: inside(io),
  });
}

/** The width that an indented section has. */
function inside({ columns }: Io): number | undefined {
  return columns === undefined ? undefined : columns - 2;
}

function memoryText({ minimumBytes, maximumBytes, imported }: MemoryReport): string {
  const most = maximumBytes === null ? 'no maximum' : `at most ${formatBytes(maximumBytes)}`;
  return `${formatBytes(minimumBytes)}, ${most}${imported ? ' (imported)' : ''}`;
}

function producersTable({ producers }: ComponentReport, io: Io): string | undefined {
  if (producers.length === 0) return undefined;
  return renderTable(['field', 'name', 'version'], {
    rows: producers.map(({ field, name, version }) => [field, name, version].map(printable)),
    columns: inside(io),
  });
}
