import { CliError } from '../cli-error.js';
import { problemOfName } from './names.js';
import { LANGUAGE_NAMES, LANGUAGES, type Said, type Wanted } from './wanted.js';

/**
 * Asks on the terminal for missing choices.
 * @throws {CliError} Ctrl+C
 */
export async function askWhatToMake({ folder, language, world, id }: Said): Promise<Wanted> {
  const { isCancel, select, text } = await import('@clack/prompts');
  const answered = async <T>(question: Promise<T>): Promise<Exclude<T, symbol>> => {
    const answer = await question;
    if (isCancel(answer)) throw new CliError('Cannot make a plugin: it was stopped');
    return answer as Exclude<T, symbol>;
  };
  const named =
    folder ??
    (await answered(
      text({
        message: 'What is it called?',
        placeholder: 'my-plugin',
        validate: (value) => problemOfName(value ?? ''),
      }),
    ));
  const written =
    language ??
    (await answered(
      select<Wanted['language']>({
        message: 'What is it written in?',
        options: LANGUAGE_NAMES.filter((value) => world === undefined || worldsOf(value).includes(world)).map(
          (value) => ({ value, label: LANGUAGES[value].name, hint: LANGUAGES[value].hint }),
        ),
      }),
    ));
  const called =
    world ??
    (await answered(
      select<Wanted['world']>({
        message: 'What may its host call?',
        options: worldsOf(written).map((value) => ({ value, ...WORLD_LABELS[value] })),
      }),
    ));
  return { folder: named, language: written, world: called, id };
}

const WORLD_LABELS: Readonly<Record<Wanted['world'], { label: string; hint: string }>> = {
  own: { label: 'a world of its own', hint: 'a WIT file with one function' },
  plugin: { label: 'wasm-plugin:abi/plugin', hint: 'settings, health, state' },
  'audio-effect': { label: 'wasm-plugin:abi/audio-effect', hint: 'that, and audio in blocks' },
};

function worldsOf(language: Wanted['language']): readonly Wanted['world'][] {
  return LANGUAGES[language].worlds;
}
