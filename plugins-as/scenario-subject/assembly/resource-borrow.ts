/** Scenario `resource-borrow`. */
import { CellResource } from './bindings/resource-borrow';

export class Cell extends CellResource {
  constructor(readonly value: u32) {
    super();
  }
}
export function doubled(cell: Cell): u32 {
  return cell.value * 2;
}
