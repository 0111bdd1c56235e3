import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine, type HostImports } from '@wasm-plugin/engine';
import { describe, expect, it } from 'vitest';

async function refusal(name: string, imports: HostImports): Promise<string> {
  const text = `(component (import "${name}" (instance (export "do-it" (func)))))`;
  const plugin = await createEngine({ imports }).load(await parse(text));
  try {
    plugin.instantiate();
  } catch (error) {
    expect(error).toMatchObject({ code: 'WP_IMPORT_MISSING' });
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

describe('an import that the host does not give', () => {
  const doIt = (): void => undefined;

  it.each([
    ['a:b/log', {}, 'wanted an object; give it as imports: { "a:b/log": … }'],
    ['a:b/log', { 'a:b/lgo': { doIt } }, 'wanted an object; it gives "a:b/lgo": is that meant?'],
    [
      'a:b/log@1.2.0',
      { 'a:b/log@2.0.0': { doIt } },
      'it gives "a:b/log@2.0.0", which is not compatible; give "a:b/log@1.2.0", or "a:b/log" for every version',
    ],
    [
      'a:b/log',
      { 'a:b/log@2.0.0': { doIt } },
      'it gives "a:b/log@2.0.0", but the component names no version: give it as "a:b/log"',
    ],
    ['a:b/log', { other: {}, another: {} }, 'wanted an object; it gives "other", "another"'],
    [
      'a:b/log',
      { 'a:b/log': { doItt: doIt } },
      'gives no "a:b/log#doIt"; wanted a function; it gives "doItt"',
    ],
    ['a:b/log', { 'a:b/log': {} }, 'gives no "a:b/log#doIt"; wanted a function'],
  ])('is named with what to do: %s of %j', async (name, imports, reason) => {
    expect(await refusal(name, imports)).toContain(reason);
  });

  it('does nothing to a terminal by the names', async () => {
    expect(await refusal('a:b/log', { '\x1b[2J': {} })).not.toContain('\x1b');
  });
});
