export { generateDeclarations, type Source } from './generate-declarations.js';
export { generateProtos, type Protos } from './generate-protos.js';
