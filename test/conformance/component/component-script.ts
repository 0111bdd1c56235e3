import type { Directive, InvokeAction, ModuleSource } from '../../wast/index.js';
import { describeError, failed, PASSED, skipped, Slots } from '../suite/index.js';
import type { CaseOutcome, ModuleBytes, Slot, V8Gaps } from '../suite/index.js';
import type { ComponentTarget, TargetError } from './component-target.js';
import { judgeMessage, judgeResult, judgeTrap } from './judge.js';
import type { Ended } from './judge.js';
import { skippableFeature } from './skippable-features.js';
import { toJsValue } from './to-js-value.js';

const NO_BYTES = 'text format: the text parser refuses it, so there are no bytes for a decoder to refuse';

/** Runs the directives of one component script, in order, against a target. */
export class ComponentScript {
  readonly #target: ComponentTarget;
  readonly #bytes: ModuleBytes;
  readonly #gaps: V8Gaps;
  readonly #definitions = new Slots<unknown>();
  readonly #instances = new Slots<unknown>();

  constructor(target: ComponentTarget, bytes: ModuleBytes, gaps: V8Gaps) {
    this.#target = target;
    this.#bytes = bytes;
    this.#gaps = gaps;
  }

  async run(directive: Directive): Promise<CaseOutcome> {
    switch (directive.kind) {
      case 'module': {
        const { source, instantiate } = directive;
        const compiled = await this.#compile(source);
        this.#definitions.keep(source.id, compiled);
        if (!instantiate) return outcomeOf(compiled);
        return this.#keepInstance(source.id, compiled);
      }
      case 'instance':
        return this.#keepInstance(directive.id, this.#definitions.find(directive.definition));
      case 'action':
        return this.#act(directive, () => PASSED);
      case 'assert_return':
        return this.#act(directive, (ended) => judgeResult(directive.results, ended));
      case 'assert_trap':
        return this.#act(directive, (ended) => judgeTrap(directive.message, ended));
      case 'assert_trap_module':
        return this.#expectTrapAtStart(directive);
      case 'assert_invalid':
      case 'assert_malformed':
        return this.#expectRefusal(directive);
      default:
        return failed(
          `the runner does not know ${directive.kind === 'unknown' ? directive.name : directive.kind}`,
        );
    }
  }

  async #compile(source: ModuleSource): Promise<Slot<unknown>> {
    const encoded = this.#bytes(source);
    if ('refusal' in encoded) {
      const feature = skippableFeature(encoded.refusal);
      return { missing: feature === undefined ? failed(`text: ${encoded.refusal}`) : skipped(feature) };
    }
    try {
      return { value: await this.#target.compile(encoded.bytes) };
    } catch (error) {
      return { missing: this.#unexpected(error, source) };
    }
  }

  async #instantiate(compiled: Slot<unknown>): Promise<Slot<unknown>> {
    if (!('value' in compiled)) return compiled;
    try {
      return { value: await this.#target.instantiate(compiled.value, {}) };
    } catch (error) {
      return { missing: this.#unexpected(error) };
    }
  }

  async #keepInstance(id: string | undefined, compiled: Slot<unknown>): Promise<CaseOutcome> {
    const instance = await this.#instantiate(compiled);
    this.#instances.keep(id, instance);
    return outcomeOf(instance);
  }

  async #act(
    directive: Directive & { action: { kind: string } },
    judge: (ended: Ended) => CaseOutcome,
  ): Promise<CaseOutcome> {
    const action = directive.action as InvokeAction;
    const instance = this.#instances.find(action.instance);
    if (!('value' in instance)) return instance.missing;
    const args = action.args.map((arg) => ('component' in arg ? toJsValue(arg.component) : undefined));
    try {
      return judge({ value: await this.#target.invoke(instance.value, action.name, args) });
    } catch (error) {
      const said = this.#target.classify(error);
      if (said.kind === 'unsupported') return this.#unexpected(error);
      const outcome = judge({ error: said });
      return outcome.outcome === 'failed'
        ? { ...outcome, reason: `${outcome.reason}: ${describeError(error)}` }
        : outcome;
    }
  }

  async #expectTrapAtStart(directive: Directive & { kind: 'assert_trap_module' }): Promise<CaseOutcome> {
    const compiled = await this.#compile(directive.source);
    if (!('value' in compiled)) return compiled.missing;
    try {
      await this.#target.instantiate(compiled.value, {});
    } catch (error) {
      const said = this.#target.classify(error);
      return said.kind === 'trap' ? judgeMessage(directive.message, said) : this.#unexpected(error);
    }
    return failed('wanted a trap, got an instance');
  }

  async #expectRefusal(
    directive: Directive & { kind: 'assert_invalid' | 'assert_malformed' },
  ): Promise<CaseOutcome> {
    const encoded = this.#bytes(directive.source);
    if ('refusal' in encoded) return skipped(NO_BYTES);
    try {
      await this.#target.compile(encoded.bytes);
    } catch (error) {
      const said = this.#target.classify(error);
      const gap = this.#gapOf(said, directive.source);
      if (gap !== undefined) return skipped(gap);
      return isRefusal(said.kind) ? judgeMessage(directive.message, said) : this.#unexpected(error);
    }
    return failed(`accepted, wanted: ${directive.message}`);
  }

  #unexpected(error: unknown, source?: ModuleSource): CaseOutcome {
    const said = this.#target.classify(error);
    const feature = said.kind === 'unsupported' ? skippableFeature(said.feature) : this.#gapOf(said, source);
    return feature === undefined ? failed(describeError(error)) : skipped(feature);
  }

  /** Names the feature that this V8 lacks for a component's core modules. */
  #gapOf(said: TargetError, source: ModuleSource | undefined): string | undefined {
    if (said.kind !== 'not-compiled' || source === undefined) return undefined;
    return this.#gaps.reasonFor(source, said.message);
  }
}

function outcomeOf(slot: Slot<unknown>): CaseOutcome {
  return 'missing' in slot ? slot.missing : PASSED;
}

function isRefusal(kind: TargetError['kind']): boolean {
  return kind === 'refused' || kind === 'not-compiled';
}
