/** Scenario `resource-in-aggregates`. */
import { Lending, Lent, Mixed, Owned, Owning, PartResource } from './bindings/resource-in-aggregates';
import { Result, Tuple1, Tuple2, Unit } from './bindings/wit';

export class Part extends PartResource {
  constructor(readonly value: u32) {
    super();
  }
}

export function sum(
  a: Owning,
  b: Lending,
  c: Mixed,
  d: Tuple2<Part, Owning>,
  e: Tuple1<Part>,
  f: Owned,
  g: Lent,
  h: Array<Part>,
  i: Array<Part>,
  j: Part | null,
  k: Part | null,
  l: Result<Part, Unit>,
  m: Result<Part, Unit>,
): u32 {
  const owned = [a.it, c.owned, d.value0, d.value1.it, f.asIt, l.value].concat(h);
  if (j !== null) owned.push(j);
  let sum = b.it.value + c.lent.value + e.value0.value + g.asIt.value + m.value.value;
  for (let n = 0; n < i.length; n++) sum += i[n].value;
  if (k !== null) sum += k.value;
  for (let n = 0; n < owned.length; n++) {
    sum += owned[n].value;
    owned[n].drop();
  }
  return sum;
}
