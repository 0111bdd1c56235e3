/** Scenarios `strings`, `options` and `list-in-variant`. */
import * as listInVariant from './bindings/list-in-variant';
import * as options from './bindings/options';
import * as strings from './bindings/strings';
import { err, none, ok, some } from './bindings/wit';
import { check } from './check';

export function runStrings(): void {
  check(strings.codePoints('latin UTF-16 ✓ 🦀') == 16, 'code-points');
  check(strings.codePoints('') == 0, 'code-points');
  check(strings.greeting() == 'grüß 🦀\0!', 'greeting');
  check(strings.empty() == '', 'empty');
  check(strings.echo('🚀🚀🚀 𠈄𓀀') == '🚀🚀🚀 𠈄𓀀', 'echo');
  const long = 'ab✓'.repeat(10_000);
  check(strings.echo(long) == long, 'echo');
  check(strings.joined('one ', '') + strings.joined('', 'two') == 'one two', 'joined');
}

export function runOptions(): void {
  check(!options.isSome(null) && options.isSome('') && options.isSome('x'), 'is-some');
  check(options.none() === null, 'none');
  const given = options.some();
  check(given !== null && given == 'something', 'some');
  const echoed = options.echo('text');
  check(echoed !== null && echoed == 'text' && options.echo(null) === null, 'echo');
  const two = options.echoNested(some<u32>(42));
  check(two !== null && two.isSome && two.value == 42, 'echo-nested');
  const one = options.echoNested(none<u32>());
  check(one !== null && !one.isSome, 'echo-nested');
  check(options.echoNested(null) === null, 'echo-nested');
}

export function runListInVariant(): void {
  const words = ['one', 'two'];
  check(listInVariant.inOption(words) == 'one,two' && listInVariant.inOption(null) == 'none', 'in-option');
  check(listInVariant.inVariant(listInVariant.Payload.words(words)) == 'one,two', 'in-variant');
  check(listInVariant.inVariant(listInVariant.Payload.empty()) == 'none', 'in-variant');
  check(listInVariant.inResult(ok<Array<string>, string>(words)) == 'one,two', 'in-result');
  check(listInVariant.inResult(err<Array<string>, string>('bad')) == 'bad', 'in-result');
  const summary = listInVariant.summedUp(words);
  check(summary.count == 2 && summary.label == 'one,two', 'summed-up');
  check(listInVariant.summedUp(null).label == 'none', 'summed-up');
}
