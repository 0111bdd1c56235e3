import { describeError, failed, PASSED, skipped, type CaseOutcome, type CaseResult } from '../suite/index.js';
import { CarrierBench, type CarrierCase } from './carrier-case.js';
import { LOCAL_TARGETS, type CarrierTarget } from './carrier-target.js';
import { ERROR_CASES } from './cases/errors.js';
import { HOSTED_CASES } from './cases/hosted.js';
import { HOSTILE_CASES } from './cases/hostile.js';
import { LIFECYCLE_CASES } from './cases/lifecycle.js';
import { RESOURCE_CASES } from './cases/resources.js';
import { VALUE_CASES } from './cases/values.js';
import { RPC_TARGETS } from './rpc-targets.js';

const CASES: readonly CarrierCase[] = [
  ...LIFECYCLE_CASES,
  ...VALUE_CASES,
  ...RESOURCE_CASES,
  ...ERROR_CASES,
  ...HOSTED_CASES,
  ...HOSTILE_CASES,
];

const NOT_CONTAINED = 'nothing contains a library in this process: the case would end it';

/** Runs the same cases by every carrier, a folder each. */
export async function runCarriers(selects: (name: string) => boolean): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const target of [...LOCAL_TARGETS, ...RPC_TARGETS]) {
    for (const each of CASES) {
      const name = `${target.name}/${each.name}`;
      if (selects(name)) results.push({ folder: target.name, case: name, ...(await judge(target, each)) });
    }
    await target.close?.();
  }
  return results;
}

async function judge(
  target: CarrierTarget,
  { hostile = false, hasResources = false, run }: CarrierCase,
): Promise<CaseOutcome> {
  if (target.missing !== undefined) return skipped(target.missing);
  if (hostile && !target.contains) return skipped(NOT_CONTAINED);
  if (hasResources && target.noResources !== undefined) return skipped(target.noResources);
  const bench = new CarrierBench(target);
  try {
    await run(bench);
    return PASSED;
  } catch (error) {
    return failed(describeError(error));
  } finally {
    await bench.close();
  }
}
