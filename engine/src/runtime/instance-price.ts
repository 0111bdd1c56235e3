import type { CoreModule, ElementSegment } from '../module/index.js';

/**
 * The price of each thing of a core instance, in bytes: V8's memory for it, and more for things that take long to make, so that
 * a budget bounds the time as well (64 bytes for each microsecond, about).
 */
const PRICES = {
  instance: 2048,
  /** A memory reserves 8 to 10 GB of addresses, of 128 TB. */
  memory: 65_536,
  table: 512,
  global: 64,
  tag: 64,
  /** A function that JavaScript can see: an object, and often code to call it. */
  exportedFunction: 512,
  export: 128,
  import: 64,
  function: 8,
  segment: 64,
  element: 16,
} as const;

/** Returns the cost of one instance of a module in bytes, beside the contents of its memories and tables. */
export function priceOf(module: CoreModule): number {
  const exported = new Set<number>();
  for (const { kind, index } of module.exports) if (kind === 'func') exported.add(index);
  return (
    PRICES.instance +
    module.memories.length * PRICES.memory +
    module.tables.length * PRICES.table +
    module.globals.length * PRICES.global +
    module.tags.length * PRICES.tag +
    module.imports.length * PRICES.import +
    module.functions.length * PRICES.function +
    module.exports.length * PRICES.export +
    exported.size * PRICES.exportedFunction +
    (module.data.count + module.elements.length) * PRICES.segment +
    module.elements.reduce((sum, segment) => sum + elementsOf(segment), 0) * PRICES.element
  );
}

/** The price of an instance of a module that the host gives compiled: by its imports and exports. */
export function priceOfReady(module: WebAssembly.Module): number {
  return (
    PRICES.instance + WebAssembly.Module.exports(module).length * (PRICES.export + PRICES.exportedFunction)
  );
}

function elementsOf({ functions, expressions }: ElementSegment): number {
  return (functions ?? expressions ?? []).length;
}
