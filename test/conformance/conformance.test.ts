import { testSuites } from './checked-in.js';

testSuites(['audio', 'component']);
