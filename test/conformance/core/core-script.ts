import type {
  Action,
  CorePattern,
  CoreValue,
  Directive,
  ModuleSource,
  ScriptPattern,
} from '../../wast/index.js';
import { failed, messagesAgree, PASSED, skipped } from '../suite/index.js';
import type { CaseOutcome, Slot } from '../suite/index.js';
import { callCore, readCoreGlobal } from './core-call.js';
import { endingOf } from './core-ending.js';
import type { CoreEnding } from './core-ending.js';
import { CoreStore } from './core-store.js';
import type { CompiledModule } from './core-store.js';
import type { CoreModules } from './core-modules.js';
import type { CoreSession, CoreVariant } from './core-variant.js';
import { HostReferences } from './host-references.js';
import { matchesCoreResult } from './match-core-result.js';
import { judgeRefusal } from './judge-refusal.js';

/** V8's message for a call of a hook that does not exist. */
const UNHOOKED = /function signature mismatch/;

const NO_EXNREF = 'JavaScript cannot hold an exnref, not even a null one';

/** Result of a case; `ending` has to be the same for each variant. */
export type CoreCase = CaseOutcome & { ending?: CoreEnding };

/** Runs the directives of one core script, in order, in one variant. */
export class CoreScript {
  readonly #session: CoreSession;
  readonly #store: CoreStore;
  readonly #host = new HostReferences();

  constructor(variant: CoreVariant, modules: CoreModules) {
    this.#session = variant.open();
    this.#store = new CoreStore(this.#session, modules);
  }

  /** Runs a directive; `undefined` where it is none to count. */
  run(directive: Directive): CoreCase | undefined {
    const outcome = this.#run(directive);
    if (outcome?.outcome !== 'failed') return outcome;
    const excuse = this.#entersOrphan(outcome.ending) ? this.#session.orphanExcuse : this.#store.excuse;
    return excuse === undefined ? outcome : skipped(excuse);
  }

  #entersOrphan(ending: CoreEnding | undefined): boolean {
    return this.#store.hasOrphans && ending?.kind === 'trap' && UNHOOKED.test(ending.message);
  }

  #run(directive: Directive): CoreCase | undefined {
    switch (directive.kind) {
      case 'module': {
        const compiled = this.#store.compile(directive.source);
        this.#store.definitions.keep(directive.source.id, compiled);
        if (!directive.instantiate) return outcomeOf(compiled);
        return this.#keepInstance(directive.source.id, compiled);
      }
      case 'instance':
        return this.#keepInstance(directive.id, this.#store.definitions.find(directive.definition));
      case 'register':
        this.#store.register(directive.name, directive.instance);
        return undefined;
      case 'action':
        return this.#expectEnding(directive.action, 'returned');
      case 'assert_return':
        return this.#expectResults(directive.action, directive.results);
      case 'assert_trap':
        return this.#expectEnding(directive.action, 'trap', directive.message);
      case 'assert_exhaustion':
        return this.#expectEnding(directive.action, 'exhaustion', directive.message);
      case 'assert_exception':
        return this.#expectEnding(directive.action, 'exception');
      case 'assert_trap_module':
        return this.#expectNoInstance(directive.source, 'trap', directive.message);
      case 'assert_unlinkable':
        return this.#expectNoInstance(directive.source, 'unlinkable', directive.message);
      case 'assert_invalid':
      case 'assert_malformed':
        return this.#expectRefusal(directive.source, directive.message);
      case 'assert_invalid_custom':
      case 'assert_malformed_custom':
        return skipped('text format: annotations of custom sections');
      default:
        return failed(
          `the runner does not know ${directive.kind === 'unknown' ? directive.name : directive.kind}`,
        );
    }
  }

  #expectRefusal(source: ModuleSource, message: string): CoreCase {
    return judgeRefusal(this.#store.bytes(source), source, message, this.#session);
  }

  #keepInstance(id: string | undefined, compiled: Slot<CompiledModule>): CoreCase {
    const instance = this.#store.tryInstantiate(compiled);
    this.#store.instances.keep(id, instance);
    return outcomeOf(instance);
  }

  #expectResults(action: Action, results: ScriptPattern[]): CoreCase {
    const patterns = results.flatMap((result) => ('core' in result ? result.core : []));
    return this.#act(action, patterns, (ending) => {
      if (ending.kind !== 'returned') return judgeNoResult(ending);
      const fits =
        ending.results.length === patterns.length &&
        patterns.every((pattern, i) => matchesCoreResult(pattern, ending.results[i] as never, this.#host));
      return fits ? PASSED : failed(`wanted ${show(patterns)}, got ${show(ending.results)}`);
    });
  }

  #expectEnding(action: Action, kind: CoreEnding['kind'], message?: string): CoreCase {
    return this.#act(action, undefined, (ending) => judgeEnding(kind, ending, message));
  }

  #act(
    action: Action,
    expected: CorePattern[] | undefined,
    judge: (ending: CoreEnding) => CaseOutcome,
  ): CoreCase {
    const slot = this.#store.instances.find(action.instance);
    if (!('value' in slot)) return slot.missing;
    const ending = this.#ending(slot.value, action, expected);
    return { ...judge(ending), ending };
  }

  #ending(instance: WebAssembly.Instance, action: Action, expected: CorePattern[] | undefined): CoreEnding {
    try {
      const item = this.#session.entry(instance, action.name);
      if (action.kind === 'get') {
        const pattern = expected?.[0];
        const results = pattern === undefined ? [] : [readCoreGlobal(item as WebAssembly.Global, pattern)];
        return { kind: 'returned', results };
      }
      const args = action.args.flatMap((arg): CoreValue[] => ('core' in arg ? [arg.core] : []));
      if (typeof item !== 'function') return { kind: 'error', message: `no function ${action.name}` };
      this.#session.beginCall();
      return { kind: 'returned', results: callCore(item as () => unknown, args, expected, this.#host) };
    } catch (error) {
      this.#session.settle();
      return endingOf(error);
    }
  }

  #expectNoInstance(source: ModuleSource, kind: 'trap' | 'unlinkable', message: string): CoreCase {
    const compiled = this.#store.compile(source);
    if (!('value' in compiled)) return compiled.missing;
    const missing = this.#store.missingImport(compiled.value);
    if (missing !== undefined) return missing;
    try {
      this.#store.instantiate(compiled.value);
      return failed(`wanted ${kind}, got an instance`);
    } catch (error) {
      const ending = endingOf(error);
      return { ...judgeEnding(kind, ending, message), ending };
    }
  }
}

function judgeNoResult(ending: CoreEnding): CaseOutcome {
  const reason = describe(ending);
  return /transforming (?:from\/)?to JS/.test(reason)
    ? skipped(NO_EXNREF)
    : failed(`wanted a result, got ${reason}`);
}

function judgeEnding(kind: CoreEnding['kind'], ending: CoreEnding, message?: string): CaseOutcome {
  if (ending.kind !== kind) return failed(`wanted ${kind}, got ${describe(ending)}`);
  if (message === undefined || ending.kind === 'returned' || messagesAgree(message, ending.message))
    return PASSED;
  return { outcome: 'passed', note: `wanted "${message}", got "${ending.message}"` };
}

function outcomeOf(slot: Slot<unknown>): CaseOutcome {
  return 'missing' in slot ? slot.missing : PASSED;
}

function describe(ending: CoreEnding): string {
  return ending.kind === 'returned' ? show(ending.results) : `${ending.kind}: ${ending.message}`;
}

function show(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? `0x${part.toString(16)}` : part,
  );
}
