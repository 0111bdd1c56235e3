export { scanLibraries, type LibraryVerdict, type ScanOptions } from './scan-libraries.js';
