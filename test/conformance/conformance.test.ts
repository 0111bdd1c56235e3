import { testSuites } from './checked-in.js';

testSuites(['audio', 'carriers', 'component']);
