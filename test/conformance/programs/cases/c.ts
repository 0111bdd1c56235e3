import { casesOf, type ProgramCase } from '../program-case.js';

export const C_CASES: ProgramCase[] = [
  ...casesOf('words', [
    ['files', ['a.txt', 'sub/b.txt'], { env: { WORDS_NAME: 'Ada' } }],
    ['files of a mapped folder', ['@/a.txt', '@/none'], { mount: 'mapped' }],
    ['files by an absolute path', ['@/a.txt', '@/sub'], { mount: 'absolute', stdin: 'x\n' }],
    ['beyond ASCII', ['sub/deep/ümlaut.txt', 'ü'], { env: { WORDS_NAME: 'Üb' } }],
  ]),
  ...casesOf('posix', [
    ['its own folder', ['.']],
    ['a mapped folder', ['@'], { mount: 'mapped' }],
    ['an absolute path', ['@'], { mount: 'absolute' }],
    ['a missing folder', ['none']],
  ]),
];
