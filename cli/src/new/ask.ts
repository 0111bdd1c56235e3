import { CliError } from '../cli-error.js';
import { problemOfName } from './names.js';
import type { Said, Wanted } from './wanted.js';

/**
 * Asks on the terminal for what is not said.
 * @throws {CliError} Ctrl+C
 */
export async function askWhatToMake({ folder, language, world, id }: Said): Promise<Wanted> {
  const { isCancel, select, text } = await import('@clack/prompts');
  const answered = async <T>(question: Promise<T>): Promise<Exclude<T, symbol>> => {
    const answer = await question;
    if (isCancel(answer)) throw new CliError('Cannot make a plugin: it was stopped');
    return answer as Exclude<T, symbol>;
  };
  return {
    folder:
      folder ??
      (await answered(
        text({
          message: 'What is it called?',
          placeholder: 'my-plugin',
          validate: (value) => problemOfName(value ?? ''),
        }),
      )),
    language:
      language ??
      (await answered(
        select<Wanted['language']>({
          message: 'What is it written in?',
          options: [
            { value: 'assemblyscript', label: 'AssemblyScript', hint: 'needs only npm; a few kB' },
            { value: 'rust', label: 'Rust', hint: 'needs cargo' },
            { value: 'javascript', label: 'JavaScript', hint: 'needs Node 22; about 1 MB' },
          ],
        }),
      )),
    world:
      world ??
      (await answered(
        select<Wanted['world']>({
          message: 'What may its host call?',
          options: [
            { value: 'own', label: 'a world of its own', hint: 'a WIT file with one function' },
            { value: 'plugin', label: 'wasm-plugin:abi/plugin', hint: 'settings, health, state' },
          ],
        }),
      )),
    id,
  };
}
