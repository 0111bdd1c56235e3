/** Scenario `options`. */
import { Option } from './bindings/wit';

export function isSome(x: string | null): bool {
  return x !== null;
}
export function none(): string | null {
  return null;
}
export function some(): string | null {
  return 'something';
}
export function echo(x: string | null): string | null {
  return x;
}
export function echoNested(x: Option<u32> | null): Option<u32> | null {
  return x;
}
