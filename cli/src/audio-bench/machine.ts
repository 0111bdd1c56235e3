import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { ENGINE_VERSION } from '@wasm-plugin/engine/host';

/** The machine and programs of a measurement. */
export interface Machine {
  cpu: string;
  processors: number;
  memoryBytes: number;
  os: string;
  arch: string;
  node: string;
  v8: string;
  engine: string;
  /** Processes that waited or ran, over the last minute, as the measurement began. */
  load: number;
  /** In ISO 8601. */
  date: string;
}

/** Describes this machine. */
export function describeMachine(): Machine {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() || process.arch,
    processors: processors.length,
    memoryBytes: totalmem(),
    os: `${platform()} ${release()}`,
    arch: process.arch,
    node: process.versions.node,
    v8: process.versions.v8 ?? '',
    engine: ENGINE_VERSION,
    load: Number((loadavg()[0] ?? 0).toFixed(2)),
    date: new Date().toISOString(),
  };
}
