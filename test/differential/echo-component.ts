import { componentEmbed, componentNew, parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import type { ResolvedFunc } from '@wasm-plugin/engine/component';
import { echoFunctions, type EchoFunction } from './echo-functions.js';

const INTERFACE = 'test:random/echo';
const MAX_FLAT_PARAMS = 16;
const SCRATCH_BYTES = 4096;

/** The string encodings, under the names that the text tools have for them. */
export type TextEncoding = 'utf8' | 'utf16' | 'compact-utf16';

/**
 * Makes a component that echoes every function of `wit` through the host: its core functions pass on their arguments, so that
 * values of any type cross the boundary four times without a compiler in between.
 */
export async function echoComponent(wit: string, encoding: TextEncoding): Promise<Uint8Array> {
  const world = 'echoes';
  const dummy = await componentNew(await componentEmbed({ dummy: true, witSource: wit, world }), []);
  const binary = await parse(coreModule(echoFunctions(dummy, INTERFACE)));
  return componentNew(await componentEmbed({ binary, witSource: wit, world, stringEncoding: encoding }), []);
}

/** Writes the core module: memory is a bump allocator that starts anew when a result was read. */
function coreModule(functions: readonly EchoFunction[]): string {
  const parts = functions.map(({ name, type }) => forwarder(name, type));
  return `(module
${parts.map((part) => part.imported).join('\n')}
  (memory (export "memory") 2)
  (global $top (mut i32) (i32.const ${SCRATCH_BYTES}))
  (func $take (param $align i32) (param $size i32) (result i32) (local $at i32)
    (local.set $at
      (i32.and
        (i32.add (global.get $top) (i32.sub (local.get $align) (i32.const 1)))
        (i32.sub (i32.const 0) (local.get $align))))
    (global.set $top (i32.add (local.get $at) (local.get $size)))
    (block $roomy
      (br_if $roomy (i32.le_u (global.get $top) (i32.mul (memory.size) (i32.const 65536))))
      (br_if $roomy
        (i32.ne (i32.const -1)
          (memory.grow (i32.add (i32.const 1) (i32.div_u (local.get $size) (i32.const 65536))))))
      unreachable)
    (local.get $at))
  (func (export "cabi_realloc") (param $old i32) (param $had i32) (param $align i32) (param $size i32) (result i32)
    (local $at i32)
    (local.set $at (call $take (local.get $align) (local.get $size)))
    (memory.copy (local.get $at) (local.get $old)
      (select (local.get $had) (local.get $size) (i32.lt_u (local.get $had) (local.get $size))))
    (local.get $at))
${parts.map((part) => part.exported).join('\n')}
)`;
}

function forwarder(name: string, type: ResolvedFunc): { imported: string; exported: string } {
  const flats = type.params.map((param) => param.type.layout.flat);
  const joined = flats.includes(undefined) ? undefined : flats.flatMap((flat) => flat ?? []);
  const params = joined === undefined || joined.length > MAX_FLAT_PARAMS ? ['i32'] : joined;
  const layout = type.result?.layout;
  const spilled = layout !== undefined && layout.flat?.length !== 1;
  const result = layout === undefined || spilled ? '' : `(result ${layout.flat?.[0]})`;
  const pass = params.map((_, index) => `(local.get ${index})`).join(' ');
  const taken = `(local.set $ret (call $take (i32.const 8) (i32.const ${layout?.size ?? 0})))`;
  return {
    imported: `  (import "${INTERFACE}" "${name}" (func $${name} (param ${params.join(' ')}${spilled ? ' i32' : ''}) ${result}))`,
    exported: spilled
      ? `  (func (export "${INTERFACE}#${name}") (param ${params.join(' ')}) (result i32) (local $ret i32)
    ${taken} (call $${name} ${pass} (local.get $ret)) (local.get $ret))
  (func (export "cabi_post_${INTERFACE}#${name}") (param i32)
    (global.set $top (i32.const ${SCRATCH_BYTES})))`
      : `  (func (export "${INTERFACE}#${name}") (param ${params.join(' ')}) ${result} (call $${name} ${pass}))`,
  };
}
