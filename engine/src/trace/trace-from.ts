import type { GuestFrame } from '@wasm-plugin/abi';
import { stackFrames, type StackFrame } from './stack-frames.js';
import type { TracedFrame, TracedModule } from './traced-module.js';

/** Finds the guest's functions in the stack trace of an error, innermost first. Does not throw. */
export function traceFrom(error: unknown, modules: ReadonlyMap<string, TracedModule>): GuestFrame[] {
  const frames: GuestFrame[] = [];
  // In a recursion the same frame comes again and again.
  const known = new Map<string, TracedFrame | undefined>();
  for (const each of stackFrames(error)) {
    const key = `${each.tag}:${each.index}:${each.offset}`;
    if (!known.has(key)) known.set(key, frameOf(each, modules.get(each.tag)));
    const traced = known.get(key);
    if (traced !== undefined && !isDoor(traced, frames.at(-1))) frames.push(traced.frame);
  }
  return frames;
}

function frameOf(frame: StackFrame, module: TracedModule | undefined): TracedFrame | undefined {
  try {
    return module?.frame(frame);
  } catch {
    // The name or debug sections are malformed: they tell nothing.
    return undefined;
  }
}

/** Whether a frame is that of the meter's door to the function in the frame before it. */
function isDoor({ frame, atStart }: TracedFrame, inner: GuestFrame | undefined): boolean {
  return atStart && inner?.index === frame.index && inner.moduleIndex === frame.moduleIndex;
}
