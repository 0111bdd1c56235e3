export { COMPOSED } from './composed-backend.js';
