import type { Attached } from './attached.js';
import type { MeteredFacts } from '../metered-module.js';

/**
 * Refuses a module whose frames are not counted together with those of the others. Several that count must share the depth.
 * @throws {RangeError}
 */
export function refuseUncounted({ stackDepth, names }: MeteredFacts, attached: readonly Attached[]): void {
  const others = attached.filter(({ stackPeak }) => stackPeak !== undefined);
  const isAlone = others.length === 0 || names.frames === undefined;
  const isShared = [stackDepth, ...others.map(({ metered }) => metered.stackDepth)].every(
    (counting) => counting === 'shared',
  );
  if (stackDepth !== false && (isAlone || isShared)) return;
  const wanted = isAlone ? '"alone" or "shared"' : '"shared"';
  throw new RangeError(
    `Cannot limit: "stackDepth" is limited, but the plan of the module has ${JSON.stringify(stackDepth)} in place of ${wanted}`,
  );
}
