import { readCorePattern, readCoreValue } from './read-core-value.js';
import { readComponentValue } from './read-component-value.js';
import { readModuleSource } from './read-module-source.js';
import { readSExpressions } from './read-s-expressions.js';
import { headOf, Items } from './s-expression.js';
import type { List, SExpression } from './s-expression.js';
import type { Action, Directive, ScriptPattern, ScriptValue } from './script.js';
import { utf8TextOf } from './string-literal.js';
import { WastError } from './wast-error.js';

const DIRECTIVE = /^(?:module|component|register|invoke|get|thread|wait|assert_\w+)$/;

/** Kind of values in a script. */
type Dialect = 'core' | 'component';

type Unplaced<T> = T extends unknown ? Omit<T, 'line'> : never;

/**
 * Reads a `.wast` script to its directives. A script of bare module fields is one module.
 *
 * @throws {WastError} where the script is not well-formed
 */
export function readScript(script: string): Directive[] {
  const nodes = readSExpressions(script);
  const first = nodes[0];
  if (first !== undefined && !DIRECTIVE.test(headOf(first) ?? '')) {
    const source = { kind: 'module', id: undefined, form: 'text', text: script, bytes: undefined } as const;
    return [{ kind: 'module', source, instantiate: true, line: 1 }];
  }
  // The dialects share notations such as `f32.const`.
  const dialect = nodes.some((node) => headOf(node) === 'component') ? 'component' : 'core';
  const lineAt = lineCounter(script);
  return nodes.map((node) => {
    if (node.kind !== 'list') throw new WastError('expected a directive', node.start);
    return { ...readDirective(node, script, dialect), line: lineAt(node.start) };
  });
}

function readDirective(list: List, script: string, dialect: Dialect): Unplaced<Directive> {
  const items = new Items(list);
  const kind = items.atom();
  switch (kind) {
    case 'module':
    case 'component': {
      if (items.takes('instance'))
        return { kind: 'instance', id: items.identifier(), definition: items.identifier() };
      const { source, definition } = readModuleSource(list, script);
      return { kind: 'module', source, instantiate: !definition };
    }
    case 'register':
      return { kind, name: textOf(items.next()), instance: items.identifier() };
    case 'invoke':
    case 'get':
      return { kind: 'action', action: readAction(list, dialect) };
    case 'assert_return':
      return {
        kind,
        action: readAction(items.list(), dialect),
        results: items.rest().map((node) => readPattern(node, dialect)),
      };
    case 'assert_exception':
      return { kind, action: readAction(items.list(), dialect) };
    case 'assert_trap':
    case 'assert_exhaustion':
    case 'assert_suspension': {
      const subject = items.list();
      const isAction = headOf(subject) === 'invoke' || headOf(subject) === 'get';
      const message = textOf(items.next());
      if (isAction) return { kind, action: readAction(subject, dialect), message };
      return { kind: 'assert_trap_module', source: readModuleSource(subject, script).source, message };
    }
    case 'assert_unlinkable':
    case 'assert_invalid':
    case 'assert_malformed':
    case 'assert_invalid_custom':
    case 'assert_malformed_custom':
      return { kind, source: readModuleSource(items.list(), script).source, message: textOf(items.next()) };
    default:
      return { kind: 'unknown', name: kind };
  }
}

function readAction(list: List, dialect: Dialect): Action {
  const items = new Items(list);
  const kind = items.atom();
  if (kind !== 'invoke' && kind !== 'get') throw new WastError(`unknown action ${kind}`, list.start);
  const instance = items.identifier();
  const name = textOf(items.next());
  if (kind === 'get') return { kind, instance, name };
  return { kind, instance, name, args: items.rest().map((node) => readValue(node, dialect)) };
}

function readValue(node: SExpression, dialect: Dialect): ScriptValue {
  if (dialect === 'component') return { component: readComponentValue(node) };
  const core = readCoreValue(node);
  if (core === undefined) throw new WastError('unknown value', node.start);
  return { core };
}

function readPattern(node: SExpression, dialect: Dialect): ScriptPattern {
  if (dialect === 'component') return { component: readComponentValue(node) };
  const core = readCorePattern(node);
  if (core === undefined) throw new WastError('unknown result', node.start);
  return { core };
}

function textOf(node: SExpression): string {
  const text = node.kind === 'text' ? utf8TextOf(node.bytes) : undefined;
  if (text === undefined) throw new WastError('expected a UTF-8 string', node.start);
  return text;
}

/** Makes a function from offset to line; offsets have to rise from call to call. */
function lineCounter(script: string): (offset: number) => number {
  let line = 1;
  let position = 0;
  return (offset) => {
    for (
      let next = script.indexOf('\n', position);
      next !== -1 && next < offset;
      next = script.indexOf('\n', position)
    ) {
      line++;
      position = next + 1;
    }
    return line;
  };
}
