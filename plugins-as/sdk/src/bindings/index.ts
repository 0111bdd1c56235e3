export { asType, isNullable } from './as-type.js';
export { BindingsFile, Context } from './context.js';
export { ENTRY_FILE, generateBindings, type Bindings } from './generate.js';
export { camelNames, pascalNames } from './names.js';
export { isFallibleConstructor, roleOf, type Role } from './signature.js';
