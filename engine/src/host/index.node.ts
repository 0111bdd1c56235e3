export { PACKED_SUFFIX, scan, type ScanResult } from './scan.node.js';
