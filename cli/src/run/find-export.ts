import { parseFunctionName, type ResolvedComponent, type ResolvedFunc } from '@wasm-plugin/engine/component';
import { CliError } from '../cli-error.js';
import { nearest } from '../terminal/index.js';

/** A function that a component exports. */
export interface ExportedFunction {
  /** As the user may write it: `add`, or `acme:audio/processor@1.0.0#describe`. */
  label: string;
  /** The interface it is in; none for a function of the world itself. */
  owner: string | undefined;
  /** Its name in there, e.g. `describe` or `[static]voice.open`. */
  name: string;
  type: ResolvedFunc;
}

/**
 * Finds an exported function by its name. The version and the package of an interface may be left out if that is
 * clear: `processor#describe`.
 * @throws {CliError} there is none of that name, or several
 */
export function findExport(type: ResolvedComponent, wanted: string | undefined): ExportedFunction {
  const all = exportedFunctions(type);
  if (wanted === undefined) {
    throw new CliError('Cannot run: no --export says which function', {
      exitCode: 2,
      hint: ['It exports', ...all.map(({ label }) => `  ${label}`)].join('\n'),
    });
  }
  const exact = all.find(({ label }) => label === wanted);
  if (exact !== undefined) return callable(exact);
  const close = all.filter((each) => shorterLabels(each).includes(wanted));
  if (close.length === 1) return callable(close[0] as ExportedFunction);
  if (close.length > 1) {
    throw new CliError(`Cannot run "${wanted}": several exports have that name`, {
      exitCode: 2,
      hint: `Say which: ${quoted(close.map(({ label }) => label))}`,
    });
  }
  throw unknown(type, { wanted, labels: all.map(({ label }) => label) });
}

/** Lists every function that a component exports. */
export function exportedFunctions(type: ResolvedComponent): ExportedFunction[] {
  return [...type.exports].flatMap(([owner, item]): ExportedFunction[] => {
    if (item.kind === 'func') return [{ label: owner, owner: undefined, name: owner, type: item.type }];
    if (item.kind !== 'instance') return [];
    return [...item.type.exports].flatMap(([name, inner]) =>
      inner.kind === 'func' ? [{ label: `${owner}#${name}`, owner, name, type: inner.type }] : [],
    );
  });
}

function shorterLabels({ owner, name }: ExportedFunction): string[] {
  if (owner === undefined) return [];
  const unversioned = owner.replace(/@.*$/, '');
  const bare = unversioned.slice(unversioned.lastIndexOf('/') + 1);
  return [`${unversioned}#${name}`, `${bare}#${name}`];
}

function callable(found: ExportedFunction): ExportedFunction {
  const { kind } = parseFunctionName(found.name);
  if (kind === 'function' || kind === 'static') return found;
  throw new CliError(
    `Cannot run "${found.label}": it is a ${kind} of a resource, which lives only inside a program`,
    {
      exitCode: 2,
      hint: 'The verb runs plain and static functions; for resources, embed the engine',
    },
  );
}

function unknown(
  type: ResolvedComponent,
  { wanted, labels }: { wanted: string; labels: readonly string[] },
): CliError {
  if (labels.length === 0) return new CliError(`Cannot run "${wanted}": the component exports no function`);
  const inside = labels.filter((label) => label.endsWith(`#${wanted}`));
  const close = inside.length > 0 ? inside : nearest(wanted, labels);
  const isInterface = type.exports.get(wanted)?.kind === 'instance';
  const ofInterface = labels.filter((label) => label.startsWith(`${wanted}#`));
  return new CliError(
    `Cannot run "${wanted}": ${isInterface ? 'it is an interface, not a function' : 'the component exports no such function'}`,
    {
      exitCode: 2,
      code: 'WP_EXPORT_MISSING',
      hint:
        close.length > 0 && !isInterface
          ? `Did you mean ${quoted(close)}?`
          : `It exports ${quoted(isInterface ? ofInterface : labels)}`,
    },
  );
}

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => `"${name}"`);
  if (names.length > shown.length) shown.push(`and ${names.length - shown.length} more`);
  return shown.join(', ');
}
