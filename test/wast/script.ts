import type { ComponentValue } from './component-value.js';
import type { CorePattern, CoreValue } from './core-value.js';

/** A module or component of a script. */
export interface ModuleSource {
  kind: 'module' | 'component';
  id: string | undefined;
  /** Text that stands for itself, text in strings, or bytes in strings. */
  form: 'text' | 'quote' | 'binary';
  /** For `text` and `quote`; `undefined` for a quote that is not UTF-8. */
  text: string | undefined;
  /** For `binary`. */
  bytes: Uint8Array | undefined;
}

/** A use of an instance. */
export type Action = InvokeAction | GetAction;

export interface InvokeAction {
  kind: 'invoke';
  /** The instance; the last one where it is `undefined`. */
  instance: string | undefined;
  name: string;
  args: ScriptValue[];
}

export interface GetAction {
  kind: 'get';
  instance: string | undefined;
  name: string;
}

/** An argument: core scripts have core values, component scripts component values. */
export type ScriptValue = { core: CoreValue } | { component: ComponentValue };

/** An expected result. */
export type ScriptPattern = { core: CorePattern } | { component: ComponentValue };

/** One form of a script, with the line it begins on (from 1). */
export type Directive = { line: number } & (
  | { kind: 'module'; source: ModuleSource; instantiate: boolean }
  | { kind: 'instance'; id: string | undefined; definition: string | undefined }
  | { kind: 'register'; name: string; instance: string | undefined }
  | { kind: 'action'; action: Action }
  | { kind: 'assert_return'; action: Action; results: ScriptPattern[] }
  | { kind: 'assert_trap' | 'assert_exhaustion' | 'assert_suspension'; action: Action; message: string }
  | { kind: 'assert_exception'; action: Action }
  | ({ kind: 'assert_trap_module' } & ModuleAssertion)
  | ({ kind: 'assert_unlinkable' } & ModuleAssertion)
  | ({ kind: 'assert_invalid' | 'assert_malformed' } & ModuleAssertion)
  | ({ kind: 'assert_invalid_custom' | 'assert_malformed_custom' } & ModuleAssertion)
  /** A form that the reader does not know. */
  | { kind: 'unknown'; name: string }
);

interface ModuleAssertion {
  source: ModuleSource;
  message: string;
}
