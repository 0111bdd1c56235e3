import { parseSync } from 'rolldown/utils';
import type { Mutant } from './mutant.js';

/** A node of the syntax tree: an ESTree node, of which a walk needs to know no more. */
interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** One way to change a node. */
interface Change {
  place: Mutant['place'];
  start: number;
  end: number;
  after: string;
}

const OPERATORS: Record<string, string> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '&': '|',
  '|': '&',
  '^': '&',
  '<<': '>>',
  '>>': '<<',
  '>>>': '<<',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '/=': '*=',
  '|=': '&=',
  '&=': '|=',
  '<<=': '>>=',
  '>>=': '<<=',
  '>>>=': '<<=',
  '??=': '&&=',
};

const METHODS: Record<string, string> = { min: 'max', max: 'min', some: 'every', every: 'some' };

/** Nodes around an expression that TypeScript drops; nothing else of a type is walked. */
const CASTS = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression']);

/** Returns all mutants of a source file, in the order of the text. */
export function findMutants(file: string, text: string): Mutant[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`Cannot parse "${file}": ${String(errors[0]?.message)}`);
  const mutants: Mutant[] = [];
  const visit = (node: Node, parent: Node | undefined): void => {
    for (const { place, start, end, after } of changesOf(node, { parent, text })) {
      const line = text.slice(0, start).split('\n').length;
      mutants.push({ file, line, start, end, before: text.slice(start, end), after, place });
    }
    for (const child of childrenOf(node)) visit(child, node);
  };
  visit(program as unknown as Node, undefined);
  return mutants.sort((a, b) => a.start - b.start || b.end - a.end);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function childrenOf(node: Node): Node[] {
  if (CASTS.has(node.type)) return [node['expression'] as Node];
  if (node.type.startsWith('TS')) return [];
  return Object.values(node)
    .flatMap((value): unknown => value)
    .filter(isNode);
}

function changesOf(node: Node, { parent, text }: { parent: Node | undefined; text: string }): Change[] {
  const source = ({ start, end }: Node): string => text.slice(start, end);
  const instead = (after: string): Change => ({
    place: 'expression',
    start: node.start,
    end: node.end,
    after,
  });
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AssignmentExpression': {
      const [left, right] = [node['left'] as Node, node['right'] as Node];
      const operator = OPERATORS[node['operator'] as string];
      if (operator === undefined || isText(left) || isText(right)) return [];
      // A mix of ?? and || needs brackets.
      const side = (part: Node): string =>
        node.type === 'LogicalExpression' ? `(${source(part)})` : source(part);
      return [instead(`${side(left)} ${operator} ${side(right)}`)];
    }
    case 'UnaryExpression': {
      return ['!', '-'].includes(node['operator'] as string)
        ? [instead(source(node['argument'] as Node))]
        : [];
    }
    case 'UpdateExpression': {
      // The step of a `for` the other way would only be a loop without an end.
      if (parent?.type === 'ForStatement') return [];
      const other = node['operator'] === '++' ? '--' : '++';
      const argument = source(node['argument'] as Node);
      return [instead(node['prefix'] === true ? `${other}${argument}` : `${argument}${other}`)];
    }
    case 'Literal': {
      return typeof node['value'] === 'boolean' ? [instead(String(!node['value']))] : [];
    }
    case 'CallExpression':
      return otherMethod(node, source).map(instead);
    case 'IfStatement':
    case 'ConditionalExpression':
      return conditions(node, ['true', 'false']);
    case 'WhileStatement':
    case 'DoWhileStatement':
      return conditions(node, ['false']);
    case 'ThrowStatement':
      return [{ place: 'statement', start: node.start, end: node.end, after: '' }];
    case 'ExpressionStatement': {
      const { type, callee } = node['expression'] as Node;
      if (type === 'Literal' || (callee as Node | undefined)?.type === 'Super') return [];
      return [{ place: 'statement', start: node.start, end: node.end, after: '' }];
    }
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return withoutBody(node, parent);
    default:
      return [];
  }
}

function isText({ type, value }: Node): boolean {
  return type === 'TemplateLiteral' || (type === 'Literal' && typeof value === 'string');
}

function conditions(node: Node, values: string[]): Change[] {
  const { type, value, start, end } = node['test'] as Node;
  if (type === 'Literal' && typeof value === 'boolean') return [];
  return values.map((after) => ({ place: 'expression', start, end, after }));
}

function otherMethod({ callee, arguments: values }: Node, source: (node: Node) => string): string[] {
  const { type, object, property, computed } = callee as Node;
  if (type !== 'MemberExpression' || computed === true) return [];
  const other = METHODS[source(property as Node)];
  if (other === undefined) return [];
  return [`${source(object as Node)}.${other}(${(values as Node[]).map(source).join(', ')})`];
}

/** A body of one statement that has no result is left out as a statement. */
function withoutBody({ body }: Node, parent: Node | undefined): Change[] {
  const { type, body: statements, start, end } = body as Node & { body: Node[] };
  if (type !== 'BlockStatement' || parent?.['kind'] === 'constructor') return [];
  if (statements.length === 0 || (statements.length === 1 && statements[0]?.type !== 'ReturnStatement'))
    return [];
  return [{ place: 'body', start, end, after: '{}' }];
}
