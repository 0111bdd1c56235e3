import { testSuites } from './checked-in.js';

testSuites(['core', 'attacks', 'carriers']);
