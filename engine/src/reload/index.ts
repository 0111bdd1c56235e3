export { findInterface, type InterfaceFunction } from './find-interface.js';
