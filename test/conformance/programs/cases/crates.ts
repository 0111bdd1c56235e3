import { casesOf, type ProgramCase } from '../program-case.js';

const LONG = Array.from({ length: 20_000 }, (_, at) => `${at} word${at % 7} ü${at}\n`).join('');

export const CRATE_CASES: ProgramCase[] = [
  ...casesOf('hexyl', [
    ['a file of its own folder', ['--color=never', 'a.txt']],
    ['a file by an absolute path', ['--color=never', '@/bytes.bin'], { mount: 'absolute' }],
    ['a file of a mapped folder', ['--color=never', '@/bytes.bin'], { mount: 'mapped' }],
    ['stdin', ['--color=never'], { stdin: 'typed' }],
    ['a part', ['--color=never', '--skip=10', '--length=33', '@/bytes.bin'], { mount: 'mapped' }],
    ['a link', ['--color=never', 'link']],
    ['a dangling link', ['--color=never', 'dangling']],
    ['a folder', ['--color=never', 'sub']],
    ['a missing file', ['--color=never', 'none']],
    ['no folder at all', ['--color=never', '-'], { mount: 'none', stdin: 'x' }],
    ['help', ['--help']],
    ['a wrong option', ['--nonsense']],
  ]),
  ...casesOf('sd', [
    ['stdin', ['l+', 'L'], { stdin: 'hello world\n' }],
    ['groups', ['(\\w+) (\\w+)', '$2 $1'], { stdin: 'hello world\nüber alles\n' }],
    ['long', ['word3', 'WORD'], { stdin: LONG }],
    ['a wrong pattern', ['(', 'x'], { stdin: 'x' }],
    ['version', ['--version']],
  ]),
  ...casesOf('b3sum', [
    ['stdin', [], { stdin: 'hello' }],
    ['long', ['--length=64'], { stdin: LONG }],
    ['help', ['--help']],
  ]),
  ...casesOf('svgbob_cli', [
    ['a file', ['drawing.txt']],
    ['a file by an absolute path', ['@/drawing.txt', '-o', '@/out.svg'], { mount: 'absolute' }],
    ['a string', ['-s', '+--+\\n|  |\\n+--+']],
  ]),
  ...casesOf('grex', [
    ['arguments', ['-d', 'a1', 'b22']],
    ['help', ['--help']],
  ]),
  ...casesOf('choose', [
    ['stdin', ['1', '3'], { stdin: 'a b c d\ne f g h\n' }],
    ['a file', ['-i', 'lines.txt', '1:2']],
    ['a file of a mapped folder', ['-i', '@/data.csv', '-f', ',', '0'], { mount: 'mapped' }],
    ['from the end', ['-i', 'lines.txt', '-1']],
    ['long', ['0', '2'], { stdin: LONG }],
    ['a missing file', ['-i', 'none', '0']],
  ]),
];
