import { isRange } from '@wasm-plugin/abi/version';
import { CliError } from '../cli-error.js';
import { isPluginId } from '../registry/index.js';

/** Reads `ID` or `ID@RANGE`. @throws {CliError} it is neither */
export function parseSpec(text: string): { id: string; range: string | undefined } {
  const at = text.indexOf('@');
  const [id, range] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
  if (!isPluginId(id))
    throw new CliError(
      `Cannot read "${text}": wanted the id of a plugin such as "acme.eq", or "acme.eq@^1.2.0"`,
      {
        exitCode: 2,
      },
    );
  if (range !== undefined && (range === '' || !isRange(range)))
    throw new CliError(
      `Cannot read "${text}": "${range}" is no range of versions such as "1.2.0" or "^1.2.0"`,
      {
        exitCode: 2,
      },
    );
  return { id, range };
}

/** Reads several. @throws {CliError} one is wrong, or there twice */
export function parseSpecs(texts: readonly string[]): Map<string, string | undefined> {
  const specs = new Map<string, string | undefined>();
  for (const text of texts) {
    const { id, range } = parseSpec(text);
    if (specs.has(id)) throw new CliError(`Cannot read "${text}": "${id}" is there twice`, { exitCode: 2 });
    specs.set(id, range);
  }
  return specs;
}
