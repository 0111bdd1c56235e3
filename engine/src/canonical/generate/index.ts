export { canGenerate, GENERATED } from './generated-backend.js';
