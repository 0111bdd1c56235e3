import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CliError } from '../cli-error.js';
import type { Builder } from './builder.js';
import { witOf } from './wit-of.js';

const TOOL = 'componentize-qjs';
const ENTRY = 'src/index.js';

/** The part of `componentize-qjs` that is used. */
interface Tool {
  componentize(options: {
    witPath: string;
    jsSource: string;
    jsPath: string;
    moduleRoot: string;
    world: string;
    sync: boolean;
    optSize: boolean;
  }): Promise<{ component: Uint8Array }>;
}

/** Builds plugins in JavaScript: a folder with `src/index.js`. */
export const javascriptBuilder: Builder = {
  name: 'JavaScript',
  sign: ENTRY,
  fits: ({ folder }) => existsSync(join(folder, ENTRY)),
  isWhole: () => true,
  async build({ folder, manifest }) {
    const { wit, world } = witOf(folder, manifest.world);
    return await componentizeJavaScript(folder, {
      entry: ENTRY,
      source: readFileSync(join(folder, ENTRY), 'utf8'),
      wit,
      world,
    });
  },
};

/**
 * Makes a component of the text of a module.
 * @param options.entry - its file in the folder, for messages
 * @throws {CliError} the tool is not installed for the folder, or refuses the text
 */
export async function componentizeJavaScript(
  folder: string,
  { entry, source, wit, world }: { entry: string; source: string; wit: string; world: string },
): Promise<Uint8Array> {
  const { componentize } = await loadTool(folder);
  try {
    const { component } = await componentize({
      witPath: resolve(wit),
      jsSource: source,
      jsPath: resolve(folder, entry),
      moduleRoot: resolve(folder),
      world,
      sync: true,
      optSize: true,
    });
    return new Uint8Array(component);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The tool's own words come behind a colon.
    const reason = message.replace(/^[\s:]+/, '');
    throw new CliError(`Cannot build "${join(folder, entry)}": ${reason}`);
  }
}

async function loadTool(folder: string): Promise<Tool> {
  try {
    const path = createRequire(resolve(folder, 'package.json')).resolve(TOOL);
    const tool = (await import(pathToFileURL(path).href)) as Tool & { default?: Tool };
    return tool.default ?? tool;
  } catch (error) {
    throw new CliError(`Cannot build "${folder}": ${TOOL} is not installed for it`, {
      hint: `"npm install --save-dev ${TOOL}", with Node 22 or newer (${(error as NodeJS.ErrnoException).code ?? 'it cannot be loaded'})`,
    });
  }
}
