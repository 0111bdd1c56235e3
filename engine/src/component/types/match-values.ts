import { describeValue } from './describe.js';
import { within, type Mismatch } from './mismatch.js';
import type { Progress } from './progress.js';
import type { ResolvedFunc, ResolvedValue } from './resolved.js';

type Kind<K extends ResolvedValue['kind']> = Extract<ResolvedValue, { kind: K }>;

/**
 * Matches value types, which stand in for each other only if they are equal. Pairs known to be equal are remembered, so
 * that types that share their parts are not compared again and again.
 */
export class ValueMatcher {
  readonly #progress: Progress;
  readonly #equal = new Map<ResolvedValue, Set<ResolvedValue>>();

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  func(actual: ResolvedFunc, expected: ResolvedFunc): Mismatch | undefined {
    if (actual === expected) return undefined;
    this.#progress.spend(1 + expected.params.length);
    if (actual.async !== expected.async) return { path: [], wanted: color(expected), found: color(actual) };
    if (actual.params.length !== expected.params.length) {
      return counts('parameters', actual.params, expected.params);
    }
    for (const [index, wanted] of expected.params.entries()) {
      const found = actual.params[index];
      if (found === undefined || found.name !== wanted.name) return names('parameter', found, wanted);
      const mismatch = this.value(found.type, wanted.type);
      if (mismatch) return within(`parameter \`${wanted.name}\``, mismatch);
    }
    return within('the result', this.#optional(actual.result, expected.result));
  }

  value(actual: ResolvedValue, expected: ResolvedValue): Mismatch | undefined {
    if (actual === expected) return undefined;
    let equals = this.#equal.get(actual);
    if (equals?.has(expected)) return undefined;
    this.#progress.spend(1);
    const mismatch = this.#compare(actual, expected);
    if (mismatch) return mismatch;
    if (equals === undefined) {
      equals = new Set();
      this.#equal.set(actual, equals);
    }
    equals.add(expected);
    return undefined;
  }

  #compare(actual: ResolvedValue, expected: ResolvedValue): Mismatch | undefined {
    if (actual.kind !== expected.kind) return differ(actual, expected);
    switch (expected.kind) {
      case 'primitive':
        return (actual as Kind<'primitive'>).type === expected.type ? undefined : differ(actual, expected);
      case 'record':
        return this.#record(actual as Kind<'record'>, expected);
      case 'variant':
        return this.#variant(actual as Kind<'variant'>, expected);
      case 'list':
        return within('the list element', this.value((actual as Kind<'list'>).element, expected.element));
      case 'map': {
        const { key, value } = actual as Kind<'map'>;
        return (
          within('the map key', this.value(key, expected.key)) ??
          within('the map value', this.value(value, expected.value))
        );
      }
      case 'tuple':
        return this.#tuple(actual as Kind<'tuple'>, expected);
      case 'flags':
      case 'enum':
        return this.#names(actual as Kind<'flags' | 'enum'>, expected);
      case 'option':
        return within('the option', this.value((actual as Kind<'option'>).some, expected.some));
      case 'result': {
        const { ok, err } = actual as Kind<'result'>;
        return (
          within('the ok case', this.#optional(ok, expected.ok)) ??
          within('the err case', this.#optional(err, expected.err))
        );
      }
      case 'stream':
      case 'future':
        return within(
          `the ${expected.kind} element`,
          this.#optional((actual as typeof expected).element, expected.element),
        );
      case 'own':
      case 'borrow': {
        const { resource } = (actual as Kind<'own' | 'borrow'>).resource;
        return resource === expected.resource.resource ? undefined : differentResources(actual, expected);
      }
    }
  }

  #record(actual: Kind<'record'>, expected: Kind<'record'>): Mismatch | undefined {
    this.#progress.spend(expected.fields.length);
    if (actual.fields.length !== expected.fields.length)
      return counts('fields', actual.fields, expected.fields);
    for (const [index, wanted] of expected.fields.entries()) {
      const found = actual.fields[index];
      if (found === undefined || found.name !== wanted.name) return names('field', found, wanted);
      const mismatch = this.value(found.type, wanted.type);
      if (mismatch) return within(`record field \`${wanted.name}\``, mismatch);
    }
    return undefined;
  }

  #variant(actual: Kind<'variant'>, expected: Kind<'variant'>): Mismatch | undefined {
    this.#progress.spend(expected.cases.length);
    if (actual.cases.length !== expected.cases.length) return counts('cases', actual.cases, expected.cases);
    for (const [index, wanted] of expected.cases.entries()) {
      const found = actual.cases[index];
      if (found === undefined || found.name !== wanted.name) return names('case', found, wanted);
      const mismatch = this.#optional(found.type, wanted.type);
      if (mismatch) return within(`variant case \`${wanted.name}\``, mismatch);
    }
    return undefined;
  }

  #tuple(actual: Kind<'tuple'>, expected: Kind<'tuple'>): Mismatch | undefined {
    this.#progress.spend(expected.elements.length);
    if (actual.elements.length !== expected.elements.length) {
      return counts('elements', actual.elements, expected.elements);
    }
    for (const [index, wanted] of expected.elements.entries()) {
      const mismatch = this.value(actual.elements[index] as ResolvedValue, wanted);
      if (mismatch) return within(`tuple element ${index}`, mismatch);
    }
    return undefined;
  }

  #names(actual: Kind<'flags' | 'enum'>, expected: Kind<'flags' | 'enum'>): Mismatch | undefined {
    this.#progress.spend(expected.names.length);
    const same =
      actual.names.length === expected.names.length &&
      actual.names.every((name, index) => name === expected.names[index]);
    return same ? undefined : differ(actual, expected);
  }

  #optional(actual: ResolvedValue | undefined, expected: ResolvedValue | undefined): Mismatch | undefined {
    if (actual === undefined && expected === undefined) return undefined;
    if (actual === undefined || expected === undefined) return differ(actual, expected);
    return this.value(actual, expected);
  }
}

function differ(actual: ResolvedValue | undefined, expected: ResolvedValue | undefined): Mismatch {
  return { path: [], wanted: describeOptional(expected), found: describeOptional(actual) };
}

function describeOptional(type: ResolvedValue | undefined): string {
  return type === undefined ? 'no type' : describeValue(type);
}

function differentResources(actual: ResolvedValue, expected: ResolvedValue): Mismatch {
  const found = `${describeValue(actual)} (the resource types are not the same)`;
  return { path: [], wanted: describeValue(expected), found };
}

function color(type: ResolvedFunc): string {
  return type.async === true ? 'an async function' : 'a function that is not async';
}

function counts(what: string, actual: readonly unknown[], expected: readonly unknown[]): Mismatch {
  return { path: [], wanted: `${expected.length} ${what}`, found: `${actual.length}` };
}

function names(what: string, actual: { name: string } | undefined, expected: { name: string }): Mismatch {
  return { path: [], wanted: `${what} \`${expected.name}\``, found: `\`${actual?.name}\`` };
}
