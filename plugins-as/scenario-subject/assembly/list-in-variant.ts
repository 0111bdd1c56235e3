/** Scenario `list-in-variant`. */
import { Payload, PayloadTag, Summary } from './bindings/list-in-variant';
import { Result } from './bindings/wit';

export function inOption(x: Array<string> | null): string {
  return x === null ? 'none' : x.join(',');
}
export function inVariant(x: Payload): string {
  return x.tag == PayloadTag.Empty ? 'none' : x.asWords.join(',');
}
export function inResult(x: Result<Array<string>, string>): string {
  return x.isOk ? x.value.join(',') : x.error;
}
export function summedUp(x: Array<string> | null): Summary {
  return x === null ? new Summary(0, 'none') : new Summary(x.length, x.join(','));
}
