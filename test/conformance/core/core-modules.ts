import type { EncodedText, ModuleSource } from '../../wast/index.js';

/** Facts of the modules of one script. */
export interface CoreModules {
  bytes(source: ModuleSource): EncodedText;
  /** Names the gap of this V8 that a valid module is refused for, `undefined` where there is none. */
  gapFor(source: ModuleSource, refusal: string): string | undefined;
}
