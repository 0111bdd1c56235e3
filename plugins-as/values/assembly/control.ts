import { Source } from './bindings/control';

/** True if `echo` asks the host. */
export let fromHost: bool = false;

export function setSource(source: Source): void {
  fromHost = source == Source.Host;
}
