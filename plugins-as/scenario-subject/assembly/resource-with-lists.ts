/** Scenario `resource-with-lists`. */
import { BlobResource } from './bindings/resource-with-lists';

export class Blob extends BlobResource {
  constructor(private bytes: StaticArray<u8>) {
    super();
  }
  get_(): StaticArray<u8> {
    return this.bytes;
  }
  append(bytes: StaticArray<u8>): void {
    this.bytes = this.bytes.concat<StaticArray<u8>>(bytes);
  }
  static reversed(bytes: StaticArray<u8>): StaticArray<u8> {
    return bytes.reverse();
  }
}
