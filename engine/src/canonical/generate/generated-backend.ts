import { COMPOSED } from '../compose/index.js';
import type { CoreFunction } from '../core-function.js';
import {
  passingOf,
  type Backend,
  type ComponentCallable,
  type LiftSpec,
  type LowerSpec,
} from '../function.js';
import { refuseCall } from '../last-words.js';
import { failedLift, failedLower } from '../outcome.js';
import { VALUE_EMITTERS } from './emit-value.js';
import { Emitter, type CallTraits } from './emitter.js';
import { generateLift } from './generate-lift.js';
import { generateLower } from './generate-lower.js';
import { shapeOf, type Shape, type Template } from './shape.js';

/** Most templates kept; functions of one shape share theirs, also across plugins. */
const MAX_TEMPLATES = 4096;
const templates = new Map<string, Template>();
let serial = 0;

/** The backend that writes JavaScript text; types too large for it are composed instead. */
export const GENERATED: Backend = {
  name: 'generated',
  lift(spec: LiftSpec): ComponentCallable {
    const { type, context, armed, method } = spec;
    const shape = shapeOf(type);
    if (shape === undefined) return COMPOSED.lift(spec);
    const post = spec.postReturn !== undefined;
    const metered = isMetered(context);
    const direct = directBorrows(spec);
    const kind = `lift ${context.side} ${post} ${armed} ${metered} ${method} ${direct.join()}`;
    const { factory, constants } = templateFor(kind, shape, { side: context.side, metered }, (e) => {
      generateLift(e, type, { post, armed, method, direct: new Set(direct) });
    });
    const fail = (error: unknown, ran: boolean, args: unknown[]): unknown =>
      failedLift(spec, error, ran, args);
    return factory(
      context,
      spec.core,
      spec.postReturn,
      fail,
      constants,
      shape.resources,
    ) as ComponentCallable;
  },
  lower(spec: LowerSpec): CoreFunction {
    const { type, context } = spec;
    const shape = shapeOf(type);
    if (shape === undefined) return COMPOSED.lower(spec);
    const metered = isMetered(context);
    const kind = `lower ${context.side} ${metered}`;
    const { factory, constants } = templateFor(kind, shape, { side: context.side, metered }, (e) => {
      generateLower(e, type);
    });
    const fail = (error: unknown, returned: boolean, value: unknown, param?: number): unknown =>
      failedLower(spec, error, { returned, value, param });
    const refuse = (flats: unknown[]): number | bigint => refuseCall(spec, flats);
    return factory(context, spec.callee, refuse, fail, constants, shape.resources) as CoreFunction;
  },
};

/** Returns whether calls are told to a meter: instances have theirs from the start, or never. */
function isMetered({ instance }: LiftSpec['context']): boolean {
  return instance.root.meter !== undefined;
}

/** Finds the parameters that borrow from the instance that is called: it gets no handle, and can keep nothing. */
function directBorrows({ type, context }: LiftSpec): readonly number[] {
  const { borrows, spilledParams } = passingOf(type);
  if (!borrows || context.side !== 'host' || spilledParams) return NONE;
  const isDirect = ({ type: each }: LiftSpec['type']['params'][number]): boolean =>
    each.kind === 'borrow' && each.resource.owner === context.instance;
  return type.params.flatMap((param, index) => (isDirect(param) ? [index] : []));
}

const NONE: readonly number[] = [];

/** Finds a template by the shape itself, which instances with the same type share, or else by its text. */
function templateFor(
  kind: string,
  shape: Shape,
  traits: CallTraits,
  generate: (e: Emitter) => void,
): Template {
  const { templates: known } = shape;
  if (known === undefined) return templateByText(kind, shape, traits, generate);
  let template = known.get(kind);
  if (template === undefined) known.set(kind, (template = templateByText(kind, shape, traits, generate)));
  return template;
}

/** Texts and keys of all templates together, in characters: they outlive the plugins that they were made for. */
const MOST_TEMPLATE_LENGTH = 4 * 2 ** 20;
let templateLength = 0;

function templateByText(
  kind: string,
  shape: Shape,
  traits: CallTraits,
  generate: (e: Emitter) => void,
): Template {
  const key = `${kind} ${shape.key}`;
  const known = templates.get(key);
  if (known !== undefined) return known;
  const e = new Emitter(traits, shape.resources, VALUE_EMITTERS);
  generate(e);
  const [callee, second] = kind.startsWith('lift') ? ['core', 'post'] : ['callee', 'refuse'];
  // Equal texts would share their type feedback: the number keeps shapes of different names apart.
  const text = `// ${serial++}\n${e.text()}`;
  // oxlint-disable-next-line no-new-func -- the text holds fixed fragments and numbers only; see Emitter
  const factory = new Function('cx', callee, second, 'fail', 'k', 'r', text) as Template['factory'];
  const template = { factory, constants: e.constants };
  templateLength += key.length + text.length;
  if (templates.size >= MAX_TEMPLATES || templateLength > MOST_TEMPLATE_LENGTH) {
    templates.clear();
    templateLength = key.length + text.length;
  }
  templates.set(key, template);
  return template;
}

let isAllowed: boolean | undefined;

/**
 * Returns whether this host lets code be generated: a content security policy may not. Asks once: each time that it does not, the
 * browser reports a violation.
 */
export function canGenerate(): boolean {
  return (isAllowed ??= mayGenerate());
}

function mayGenerate(): boolean {
  try {
    // oxlint-disable-next-line no-new-func -- asks for permission only
    return new Function('return true')() === true;
  } catch {
    return false;
  }
}
