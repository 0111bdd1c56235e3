import type { Instance } from '@wasm-plugin/engine';
import { camelCase, type ResolvedComponent, type ResolvedFunc } from '@wasm-plugin/engine/component';
import { element } from './dom.js';
import { describeError } from './plugin-session.js';
import { valueField } from './value-field.js';
import { signature } from './wit-text.js';

interface Exported {
  readonly path: readonly string[];
  readonly type: ResolvedFunc;
}

/** Makes a form for each function that a component exports; those of resources have none. */
export function functionForms(
  { exports }: ResolvedComponent,
  session: { instance: () => Instance; called: (error?: unknown) => void },
): HTMLElement[] {
  const functions = [...exports].flatMap(([name, item]): Exported[] => {
    if (item.kind === 'func') return [{ path: [name], type: item.type }];
    if (item.kind !== 'instance') return [];
    return [...item.type.exports].flatMap(([own, { kind, type }]) =>
      kind === 'func' && !own.startsWith('[') ? [{ path: [name, own], type: type as ResolvedFunc }] : [],
    );
  });
  return functions.map((each) => formOf(each, session));
}

function formOf(
  { path, type }: Exported,
  { instance, called }: { instance: () => Instance; called: (error?: unknown) => void },
): HTMLElement {
  const fields = type.params.map((each) => valueField(each.name, each.type));
  const output = element('output');
  const form = element('form', {}, [
    element('h3', { textContent: path.join(' › '), title: signature(type, new Map()) }),
    ...fields.map(({ node }) => node),
    element('button', { textContent: 'Call', type: 'submit' }),
    output,
  ]);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    try {
      const result = functionAt(instance(), path)(...fields.map((field) => field.read()));
      output.className = '';
      output.textContent = `→ ${textOf(result)}`;
      called();
    } catch (error) {
      output.className = 'error';
      output.textContent = describeError(error);
      called(error);
    }
  });
  return form;
}

function functionAt({ exports }: Instance, path: readonly string[]): (...args: unknown[]) => unknown {
  const [first = '', own] = path;
  const all = exports as Record<string, unknown>;
  if (own === undefined) return (all[first] ?? all[camelCase(first)]) as () => unknown;
  return (all[first] as Record<string, unknown>)[camelCase(own)] as () => unknown;
}

const MOST_CHARACTERS = 4000;

function textOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(
    value,
    (_, each: unknown) =>
      typeof each === 'bigint' ? `${each}` : ArrayBuffer.isView(each) ? Array.from(each as never) : each,
    1,
  );
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
