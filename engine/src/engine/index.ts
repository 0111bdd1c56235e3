export { createEngine, type Engine, type EngineOptions, type LoadOptions, type Plugin } from './engine.js';
