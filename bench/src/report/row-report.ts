import { median, pairedRatio, percentile, type Samples } from '../harness/index.js';
import type { RowReport, VariantReport } from './report.js';

/** Sums up the samples of a row; `ratios` are pairs of variants. Those that did not run are left out. */
export function rowReport(
  name: string,
  samples: Samples,
  options: { ratios: readonly (readonly [string, string])[]; garbage?: ReadonlyMap<string, number> },
): RowReport {
  const variants: Record<string, VariantReport> = {};
  for (const [variant, all] of samples) {
    const garbage = options.garbage?.get(variant);
    variants[variant] = {
      medianNs: rounded(median(all)),
      p99Ns: rounded(percentile(all, 0.99)),
      ...(garbage === undefined ? {} : { garbageBytes: garbage }),
    };
  }
  const ratios: Record<string, number> = {};
  for (const [over, under] of options.ratios) {
    const a = samples.get(over);
    const b = samples.get(under);
    if (a !== undefined && b !== undefined) ratios[`${over}/${under}`] = rounded(pairedRatio(a, b));
  }
  return { name, variants, ratios };
}

/** Keeps four significant digits: no measurement here is better than that. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
