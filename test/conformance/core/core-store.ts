import { PluginError } from '@wasm-plugin/abi';
import type { EncodedText, ModuleSource } from '../../wast/index.js';
import { describeError, failed, skipped, Slots } from '../suite/index.js';
import type { CaseOutcome, Slot } from '../suite/index.js';
import { endingOf } from './core-ending.js';
import type { CoreModules } from './core-modules.js';
import type { CoreSession, PreparedModule } from './core-variant.js';
import { createSpectest } from './spectest.js';

/** A module that was made ready in a variant. */
export interface CompiledModule {
  module: WebAssembly.Module;
  prepared: PreparedModule;
}

/** The modules and instances of one script, in one variant. */
export class CoreStore {
  readonly definitions = new Slots<CompiledModule>();
  readonly instances = new Slots<WebAssembly.Instance>();
  /** Reason for which later cases may fail through no fault of their own; `undefined` if they may not. */
  excuse: string | undefined;
  /** True if a failed instantiation may have put functions into tables of others. */
  hasOrphans = false;
  readonly #session: CoreSession;
  readonly #modules: CoreModules;
  readonly #registered: WebAssembly.Imports = { spectest: createSpectest() };
  readonly #unregistered = new Map<string, CaseOutcome>();

  constructor(session: CoreSession, modules: CoreModules) {
    this.#session = session;
    this.#modules = modules;
  }

  bytes(source: ModuleSource): EncodedText {
    return this.#modules.bytes(source);
  }

  compile(source: ModuleSource): Slot<CompiledModule> {
    const encoded = this.bytes(source);
    if ('refusal' in encoded) return { missing: failed(`text: ${encoded.refusal}`) };
    const plain = encoded.bytes as Uint8Array<ArrayBuffer>;
    try {
      void new WebAssembly.Module(plain);
    } catch (error) {
      return { missing: this.#refused(source, describeError(error)) };
    }
    try {
      const prepared = this.#session.prepare(plain);
      return {
        value: { module: new WebAssembly.Module(prepared.bytes as Uint8Array<ArrayBuffer>), prepared },
      };
    } catch (error) {
      return { missing: unprepared(error) };
    }
  }

  /** Throws V8's error. */
  instantiate({ module, prepared }: CompiledModule): WebAssembly.Instance {
    let instance: WebAssembly.Instance | undefined;
    try {
      instance = new WebAssembly.Instance(module, this.#registered);
      prepared.started?.(instance);
      return instance;
    } catch (error) {
      if (instance !== undefined) this.#session.settle();
      else if (error instanceof WebAssembly.RuntimeError) this.hasOrphans = true;
      throw error;
    }
  }

  tryInstantiate(compiled: Slot<CompiledModule>): Slot<WebAssembly.Instance> {
    if (!('value' in compiled)) return compiled;
    const missing = this.missingImport(compiled.value);
    if (missing !== undefined) return { missing };
    try {
      return { value: this.instantiate(compiled.value) };
    } catch (error) {
      const ending = endingOf(error);
      return { missing: failed(ending.kind === 'returned' ? '' : `${ending.kind}: ${ending.message}`) };
    }
  }

  /** Returns how the case ended that should have made one of a module's imports, if one did not make it. */
  missingImport({ module }: CompiledModule): CaseOutcome | undefined {
    if (this.#unregistered.size === 0) return undefined;
    const names = WebAssembly.Module.imports(module).map((item) => item.module);
    return names.map((name) => this.#unregistered.get(name)).find((outcome) => outcome !== undefined);
  }

  register(name: string, id: string | undefined): void {
    const slot = this.instances.find(id);
    if ('value' in slot) this.#registered[name] = slot.value.exports;
    else this.#unregistered.set(name, slot.missing);
  }

  #refused(source: ModuleSource, refusal: string): CaseOutcome {
    const gap = this.#modules.gapFor(source, refusal);
    if (gap === undefined) return failed(refusal);
    // Only what scripts register can be changed from another module.
    if (/\(import|\binstance\b/.test(source.text ?? '')) {
      this.excuse ??= `${gap}, in an earlier module whose effects matter here`;
    }
    return skipped(gap);
  }
}

function unprepared(error: unknown): CaseOutcome {
  const unsupported = PluginError.is(error) && error.code === 'WP_MODULE_UNSUPPORTED';
  const feature = unsupported ? / module: (.*) is not supported/.exec(error.message)?.[1] : undefined;
  return feature === undefined
    ? failed(`cannot be prepared: ${describeError(error)}`)
    : skipped(`not supported: ${feature}`);
}
