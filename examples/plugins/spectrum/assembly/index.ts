/** A spectrum analyser. The namespace is the interface that the world `spectrum` exports. */
import * as analysis from './analysis';

export { analysis };
