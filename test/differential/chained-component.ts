import { joinSections, splitSections } from '../fuzz/sections.js';
import { leb, name, section, vector } from '../support/component-bytes.js';

const ECHO = 'test:random/echo';
const ID = { component: 4, instance: 5, alias: 6, import: 10, export: 11 };
const INSTANCE = 0x05;

/**
 * Puts two components of `echoComponent` into one: the host calls the second, that calls the first, and that calls the
 * host. Both are made of the same WIT, and may encode their strings differently.
 */
export function chainedComponent(first: Uint8Array, second: Uint8Array): Uint8Array {
  const { preamble, sections } = splitSections(first);
  // The import with its types, as the first component declares it, is the whole component's import too.
  const head = sections.slice(0, sections.findIndex(({ id }) => id === ID.import) + 1);
  const instantiated = (component: number, argument: number): number[] => [
    0x00,
    ...leb(component),
    ...vector([[...name(ECHO), INSTANCE, ...leb(argument)]]),
  ];
  const aliased = (instance: number): number[] => [INSTANCE, 0x00, ...leb(instance), ...name(ECHO)];
  const tail = [
    section(ID.instance, vector([instantiated(0, 0)])),
    section(ID.alias, vector([aliased(1)])),
    section(ID.instance, vector([instantiated(1, 2)])),
    section(ID.alias, vector([aliased(3)])),
    section(ID.export, vector([[0x00, ...name(ECHO), INSTANCE, ...leb(4), 0x00]])),
  ];
  const whole = joinSections(preamble, [
    ...head,
    { id: ID.component, bytes: first },
    { id: ID.component, bytes: second },
  ]);
  return Uint8Array.from([...whole, ...tail.flat()]);
}
