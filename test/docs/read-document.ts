import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A piece of code in a document. */
export interface Sample {
  /** E.g. `README.md:41`. */
  place: string;
  language: string;
  code: string;
}

/** A command in a document, with its announced output. */
export interface Command {
  place: string;
  text: string;
  printed: string[];
}

/** Returns the pages in `docs`. */
export function documents(root: string): string[] {
  return readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`);
}

const FENCE = /^```(\w*)$/;
const SHELLS = ['', 'sh'];

function blocksOf(root: string, file: string): Sample[] {
  const blocks: Sample[] = [];
  let open: Sample | undefined;
  for (const [index, line] of readFileSync(join(root, file), 'utf8').split('\n').entries()) {
    const [, language] = FENCE.exec(line) ?? [];
    if (open === undefined && language !== undefined)
      open = { place: `${file}:${index + 2}`, language, code: '' };
    else if (language !== undefined) {
      blocks.push(open as Sample);
      open = undefined;
    } else if (open !== undefined) open.code += `${line}\n`;
  }
  return blocks;
}

/** Returns the TypeScript and JavaScript in a document. */
export function samplesOf(root: string, file: string): Sample[] {
  return blocksOf(root, file).filter(({ language }) => ['ts', 'js'].includes(language));
}

/** Returns the announced output of a sample: `// prints: …`, or the comment behind a `console.log`. */
export function promisedBy({ code }: Sample): string[] {
  return [...code.matchAll(/\/\/ prints: (.*)$|console\.log\(.*\); \/\/ (?!prints: )(.*)$/gm)].map(
    ([, announced, beside = '']) => announced ?? beside,
  );
}

/** Returns the commands in a document: each line of a block of `sh`, and the text behind `$` in a plain one. */
export function commandsOf(root: string, file: string): Command[] {
  return blocksOf(root, file)
    .filter(({ language }) => SHELLS.includes(language))
    .flatMap(({ place, language, code }) => {
      const commands: Command[] = [];
      for (const line of code.replaceAll('\\\n', '').trimEnd().split('\n')) {
        if (language === 'sh') commands.push({ place, text: line.replace(/ +#.*/, ''), printed: [] });
        else if (line.startsWith('$ ')) commands.push({ place, text: line.slice(2), printed: [] });
        else commands.at(-1)?.printed.push(line);
      }
      return commands;
    });
}

/** Returns the pattern of a line of announced output: `…` is any text, a number any number. */
export function patternOf(line: string): RegExp {
  const parts = line
    .split('…')
    .map((part) =>
      part
        .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
        .replaceAll(/\d+(?:\\\.\d+)*/g, String.raw`[\d.]+`),
    );
  return new RegExp(parts.join('.*'));
}
