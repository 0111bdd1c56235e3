import { casesOf, type ProgramCase } from '../program-case.js';

type Row = readonly [name: string, args: readonly string[], more?: Partial<ProgramCase>];

/** Each in its own folder, by an absolute path, and in a folder that is called otherwise. */
function everywhere(rows: readonly Row[]): Row[] {
  return (['own', 'absolute', 'mapped'] as const).flatMap((mount) =>
    rows.map(([name, args, more]): Row => [`${name}, ${mount}`, args, { ...more, mount }]),
  );
}

/** Removes the error of a write to a file opened for reading: a bad descriptor on Linux, an I/O error in wasmtime. */
function withoutWrite(text: string): string {
  return text.replace(/^write read-only: .*$/m, '');
}

export const RT_CASES: ProgramCase[] = casesOf('rt', [
  ...everywhere([
    ['walk', ['walk', '@']],
    ['walk a folder', ['walk', '@/sub']],
    ['walk through links', ['walk-links', '@/sub']],
    ['ignored files', ['ignore', '@']],
    ['glob', ['glob', '@', '**/*.{rs,txt}']],
    ['copy a folder', ['copy', '@/sub', '@/made/copy']],
    ['make', ['make', '@/made']],
    ['error codes', ['errors', '@/sub'], { normalize: withoutWrite }],
    ['a new file', ['exclusive', '@/new']],
    ['a new file that is there', ['exclusive', '@/a.txt']],
    ['a new file at a dangling link', ['exclusive', '@/dangling']],
    ['a new file at a loop', ['exclusive', '@/loop']],
    ['a hole', ['seek', '@/hole']],
    ['many files', ['many', '@/many', '300']],
    ['a large file', ['big', '@/big', '8']],
    ['exists', ['exists', '@/a.txt', '@/none', '@/dangling', '@/sub', '@/a.txt/x']],
    ['remove a folder', ['remove', '@/sub']],
    ['sync', ['sync', '@']],
    ['print files', ['cat', '@/a.txt', '@/link', '@/sub/up', '@/sub/deep/ümlaut.txt']],
    ['print a loop', ['cat', '@/loop']],
    ['tar', ['tar', '@/sub', '@/sub.tar']],
    ['zip', ['zip', '@/sub', '@/sub.zip']],
    ['gzip', ['gzip', '@/lines.txt', '@/lines.gz']],
    ['gunzip', ['gunzip', '@/text.gz']],
    ['a database', ['sqlite', '@/words.db']],
    ['json', ['json', '@/data.json']],
    ['wrong json', ['json', '@/a.txt']],
    ['csv', ['csv', '@/data.csv']],
    ['regex', ['regex', '\\bo?f? ?1\\d\\b', '@/lines.txt']],
    ['markdown', ['markdown', '@/page.md']],
  ]),
  ['above a granted folder', ['exists', '/', '/data', '/'], { mount: 'mapped' }],
  ['a temporary file', ['temp', '.']],
  ['a database in memory', ['sqlite', ':memory:']],
  ['variables', ['env', 'ü', '', 'a b'], { env: { A: '1', 'my-var': '2', Ü: 'ß', EMPTY: '' } }],
  ['stdin', ['cat', '-'], { stdin: 'typed ü\n' }],
  ['a date', ['time', '1700000000']],
  ['floats', ['float']],
  ['exit', ['exit', '7']],
  ['panic', ['panic']],
  ['abort', ['abort']],
  ['no command', []],
]);
