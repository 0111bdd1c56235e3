import { CliError } from '../cli-error.js';

/** Source of the declarations: text of WIT, or a component. */
export type Source =
  | { readonly kind: 'wit'; readonly text: string; readonly world: string | undefined }
  | { readonly kind: 'component'; readonly bytes: Uint8Array };

const OPTIONS = {
  features: { tag: 'list', val: [] },
  tlaCompat: false,
  flagsAsBigint: false,
  variantsInlineCases: false,
  useNamespaceObjects: false,
  enumValuesScreamingSnakeCase: false,
} as const;

/**
 * Makes the TypeScript declarations of a world, as jco writes them, whose mapping the engine has: a file for the world, one for
 * each interface, and `host.d.ts` with the type of `instance.exports`.
 * @param name - of the file for the world
 * @param options.guest - whether they are for who implements the world, as modules by the names of the interfaces; without `host.d.ts`
 * @returns the files by name
 * @throws {CliError} WP_ABI_WORLD: the text is not valid WIT, or has no such world
 */
export async function generateDeclarations(
  name: string,
  source: Source,
  { guest = false }: { guest?: boolean } = {},
): Promise<Map<string, string>> {
  const { generateTypes, ready } = await import('./bindgen.js');
  await ready();
  try {
    const files = generateTypes(name, {
      ...OPTIONS,
      guest,
      features: { ...OPTIONS.features, val: [] },
      ...(source.kind === 'wit'
        ? {
            wit: { tag: 'source', val: source.text },
            ...(source.world !== undefined && { world: source.world }),
          }
        : { wit: { tag: 'binary', val: source.bytes } }),
    });
    const texts = new Map(files.map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
    if (guest) return texts;
    const world = texts.get(`${name}.d.ts`) ?? '';
    return texts.set('host.d.ts', hostDeclarations(name, world));
  } catch (error) {
    const { payload, message } = error as { payload?: unknown; message?: string };
    throw new CliError(`Cannot make types: ${typeof payload === 'string' ? payload : message}`, {
      code: 'WP_ABI_WORLD',
    });
  }
}

const LINE =
  /^export (?:type )?\* as \w+ from '(?<file>[^']+)'; \/\/ (?<direction>import|export) (?<id>\S+)$/gm;

/** The types of the world's exports and imports: by full names, as in `instance.exports` and `imports`. */
function hostDeclarations(name: string, world: string): string {
  const members = { import: [] as string[], export: [] as string[] };
  for (const { groups } of world.matchAll(LINE)) {
    const { file, direction, id } = groups as { file: string; direction: 'import' | 'export'; id: string };
    members[direction].push(`  readonly ${JSON.stringify(id)}: typeof import('${file}');`);
  }
  return `// The world's exports and imports, from the host's side: \`engine.load<Exports>(bytes)\`.
import type * as world from './${name}.js';

/** \`instance.exports\`: functions and short names as the world has them, interfaces by their full names too. */
export type Exports = typeof world & {
${members.export.join('\n')}
};

/** The imports that the host provides. */
export interface Imports {
${members.import.join('\n')}
}
`;
}
