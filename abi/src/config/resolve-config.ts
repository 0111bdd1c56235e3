import { ConfigError } from '../errors.js';
import {
  checkValue,
  copyJson,
  deepFreeze,
  fillDefaults,
  memberPath,
  OutOfSteps,
  resolveRef,
  StepBudget,
  violation,
  type Json,
  type JsonSchema,
  type Violation,
} from '../json-schema/index.js';
import type { ConfigValues } from './config-values.js';
import { expandVariables, type VariableSource } from './expand-variables.js';
import { keyProblems } from './key-problems.js';

/** Options of `resolveConfig`. */
export interface ResolveConfigOptions {
  /** The plugin, for messages. */
  plugin: string;
  /** Its schema; without one it takes no settings. */
  schema: JsonSchema | undefined;
  /** Source of the variables in `${NAME}`. @default nothing is granted */
  variables?: VariableSource;
}

const NOTHING: JsonSchema = { type: 'object', additionalProperties: false };
const NO_VARIABLES: VariableSource = { env: {}, lacking: () => 'host' };

/**
 * Resolves a configuration: defaults filled, `${NAME}` replaced, checked against the schema of the plugin. Frozen. The value
 * of a variable never stands in a message.
 * @throws {ConfigError} WP_CONFIG with every problem
 */
export function resolveConfig(given: unknown, options: ResolveConfigOptions): ConfigValues {
  const { plugin, schema = NOTHING, variables = NO_VARIABLES } = options;
  const { value, problems } = copyJson(given ?? {});
  if (problems.length > 0) throw new ConfigError(plugin, { problems });
  const budget = new StepBudget();
  const run: Run = { root: schema, variables, problems, expanded: new Map(), budget };
  try {
    const resolved = expand(schema, fillDefaults(schema, value, budget), { run, path: '$' });
    if (problems.length === 0) {
      problems.push(...checkValue(schema, resolved, { budget }).map((each) => concealed(each, run)));
    }
    if (problems.length === 0) problems.push(...keyProblems(resolved as ConfigValues, budget));
    if (problems.length === 0) return deepFreeze(resolved as Record<string, Json>);
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
    problems.push(violation('$', undefined, 'steps', `${error.message} to resolve`));
  }
  throw new ConfigError(plugin, { problems: problems.slice(0, MOST_PROBLEMS) });
}

/** More help nobody. */
const MOST_PROBLEMS = 100;

interface Run {
  root: JsonSchema;
  variables: VariableSource;
  problems: Violation[];
  /** The text as written, by the path of each value that reads a variable. */
  expanded: Map<string, string>;
  budget: StepBudget;
}

interface Place {
  run: Run;
  path: string;
}

function expand(schema: JsonSchema | undefined, value: unknown, place: Place): unknown {
  place.run.budget.spend();
  if (typeof value === 'string') return value.includes('${') ? expandText(schema, value, place) : value;
  if (typeof value !== 'object' || value === null) return value;
  const { run, path } = place;
  const target = schema?.$ref === undefined ? schema : resolveRef(schema.$ref, run.root);
  if (Array.isArray(value)) {
    return value.map((item, index) => expand(target?.items, item, { run, path: memberPath(path, index) }));
  }
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
    key,
    expand(memberSchema(target, key), item, { run, path: memberPath(path, key) }),
  ]);
  return Object.fromEntries(entries);
}

function memberSchema(schema: JsonSchema | undefined, key: string): JsonSchema | undefined {
  if (schema?.properties !== undefined && Object.hasOwn(schema.properties, key))
    return schema.properties[key];
  return typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

function expandText(schema: JsonSchema | undefined, text: string, { run, path }: Place): unknown {
  run.budget.spendText(text);
  const result = expandVariables(text, run.variables);
  if ('problem' in result) {
    const { problem } = result;
    run.problems.push({ path, value: text, keyword: 'variable', message: problem, rule: problem });
    return text;
  }
  run.budget.spendText(result.text);
  run.expanded.set(path, text);
  return wantsText(schema, run.root) ? result.text : scalarFrom(result.text);
}

/** A variable is text; if the schema wants a number or a boolean, it is read as JSON. */
function wantsText(schema: JsonSchema | undefined, root: JsonSchema): boolean {
  const target = schema?.$ref === undefined ? schema : resolveRef(schema.$ref, root);
  const types = [target?.type ?? 'string'].flat();
  return types.includes('string') || !types.some((type) => SCALARS.has(type));
}

const SCALARS = new Set(['number', 'integer', 'boolean']);

function scalarFrom(text: string): unknown {
  const isScalar = /^\s*(?:true|false|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*$/i.test(text);
  if (!isScalar) return text;
  try {
    return JSON.parse(text.toLowerCase()) as unknown;
  } catch {
    return text;
  }
}

/** Shows the written reference instead of the variable's value. */
function concealed(violation: Violation, { expanded }: Run): Violation {
  const { path, rule } = violation;
  const written = expanded.get(path);
  if (written !== undefined) {
    return { ...violation, value: written, message: `is made from ${JSON.stringify(written)}: ${rule}` };
  }
  const holdsOne = [...expanded.keys()].some((each) => each.startsWith(path));
  return holdsOne ? { ...violation, value: undefined } : violation;
}
