/** Scenario `resource-floats`. */
import { RealResource } from './bindings/resource-floats';

export class Real extends RealResource {
  constructor(private value: f64) {
    super();
  }
  get_(): f64 {
    return this.value;
  }
  static plus(real: Real, by: f64): Real {
    const made = new Real(real.get_() + by);
    real.drop();
    return made;
  }
}
export function sum(a: Real, b: Real): Real {
  return new Real(a.get_() + b.get_());
}
