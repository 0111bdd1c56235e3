export { COMMANDS, type CommandFactory } from './registry.js';
