import { ModuleError } from '@wasm-plugin/abi';
import { meterModule } from '@wasm-plugin/engine/meter';
import type { Io } from '../io.js';
import { formatBytes, formatMs, printable, renderTable } from '../terminal/index.js';

/** Changes that metering makes to a core module. */
export interface MeterReport {
  /** Size of the module as it is. */
  bytesBefore: number;
  bytesAfter: number;
  /** Its size if the depth of the stack is counted too. */
  bytesWithStackDepth: number;
  /** Functions that it defines. */
  functions: number;
  /** Loops that run without the counter while the fuel suffices. */
  loopsHoisted: number;
  /** Functions that take the counter as a parameter. */
  functionsPassing: number;
  /** Time of the rewriting in milliseconds. */
  rewriteMs: number;
}

/** Meters a core module and reports the changes, or the reason for which it cannot be metered. */
export function meterReport(bytes: Uint8Array): MeterReport | { refused: string } {
  const start = performance.now();
  try {
    const { stats } = meterModule(bytes, { unboundedHeap: true });
    const rewriteMs = Math.round((performance.now() - start) * 100) / 100;
    const { bytesAfter } = meterModule(bytes, { unboundedHeap: true, stackDepth: 'alone' }).stats;
    return { ...stats, bytesWithStackDepth: bytesAfter, rewriteMs };
  } catch (error) {
    if (error instanceof ModuleError) return { refused: error.message };
    throw error;
  }
}

/** Lays the reports of all core modules out as a table. */
export function renderMeterReports(
  modules: readonly { name: string | null; metered?: ReturnType<typeof meterReport> }[],
  io: Io,
): string {
  const head = [
    '#',
    'name',
    'size',
    'metered',
    'growth',
    'with stack depth',
    'functions',
    'by parameter',
    'loops hoisted',
    'time',
  ];
  const rows = modules.map(({ name, metered }, index) => [
    String(index),
    printable(name ?? '—'),
    ...(metered === undefined || 'refused' in metered ? refusedCells(metered) : cells(metered)),
  ]);
  const body = renderTable(head, {
    rows,
    right: [0, 2, 3, 4, 5, 6, 7, 8, 9],
    columns: io.columns && io.columns - 2,
  });
  return `${io.style('bold', 'Metering')}\n${body.replaceAll(/^(?=.)/gm, '  ')}\n`;
}

function cells({ bytesBefore, bytesAfter, ...report }: MeterReport): string[] {
  return [
    formatBytes(bytesBefore),
    formatBytes(bytesAfter),
    growth(bytesBefore, bytesAfter),
    growth(bytesBefore, report.bytesWithStackDepth),
    report.functions.toLocaleString('en'),
    report.functionsPassing.toLocaleString('en'),
    report.loopsHoisted.toLocaleString('en'),
    formatMs(report.rewriteMs),
  ];
}

function growth(before: number, after: number): string {
  const percent = Math.round((after / before - 1) * 100);
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent)} %`;
}

function refusedCells(metered: { refused: string } | undefined): string[] {
  return [metered?.refused ?? '—'];
}
