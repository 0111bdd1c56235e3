import { casesOf, type ProgramCase } from '../program-case.js';

export const PYTHON_CASES: ProgramCase[] = casesOf('python', [
  ['its own folder', ['.', 'ü'], { env: { NAME: 'Üb' } }],
  ['a mapped folder', ['@'], { mount: 'mapped' }],
  ['an absolute path', ['@'], { mount: 'absolute' }],
]);
