import { decodeModule, type CoreModule } from '@wasm-plugin/engine/module';
import type { MeterReport } from './meter-report.js';
import { moduleName } from './name-section.js';
import { readProducers, type Producer } from './producers.js';

const PAGE_BYTES = 65_536;

/** A linear memory that a core module defines or imports. */
export interface MemoryReport {
  minimumBytes: number;
  /** The most it may grow to; `null` if the module sets no maximum. */
  maximumBytes: number | null;
  imported: boolean;
}

/** Description of a core module in a component. */
export interface CoreModuleReport {
  /** From its name section. */
  name: string | null;
  /** Offset from the start of the file. */
  offset: number;
  sizeBytes: number;
  /** Functions that it defines. */
  functions: number;
  imports: string[];
  exports: string[];
  memories: MemoryReport[];
  producers: Producer[];
  /** Changes that metering makes, if they were asked for. */
  metered?: MeterReport | { refused: string };
}

/** Looks into a core module. */
export function coreModuleReport(bytes: Uint8Array, offset: number): CoreModuleReport {
  const module = decodeModule(bytes);
  const custom = (name: string): Uint8Array | undefined =>
    module.customs.find((section) => section.name === name)?.bytes;
  return {
    name: moduleName(custom('name')) ?? null,
    offset,
    sizeBytes: bytes.length,
    functions: module.functions.length,
    imports: module.imports.map((entry) => `${entry.module}#${entry.name}`),
    exports: module.exports.map((entry) => entry.name),
    memories: memoriesOf(module),
    producers: readProducers(custom('producers')),
  };
}

function memoriesOf(module: CoreModule): MemoryReport[] {
  const imported = module.imports.flatMap(({ item }) => (item.kind === 'memory' ? [item.limits] : []));
  return [
    ...imported.map((limits) => memoryReport(limits, true)),
    ...module.memories.map((limits) => memoryReport(limits, false)),
  ];
}

function memoryReport(
  { minimum, maximum }: { minimum: bigint; maximum: bigint | undefined },
  imported: boolean,
): MemoryReport {
  return {
    minimumBytes: Number(minimum) * PAGE_BYTES,
    maximumBytes: maximum === undefined ? null : Number(maximum) * PAGE_BYTES,
    imported,
  };
}
