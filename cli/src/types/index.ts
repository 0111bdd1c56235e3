export { generateDeclarations, type Source } from './generate-declarations.js';
