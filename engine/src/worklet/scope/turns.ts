/** The ports through which a page lends its timers and its turns to an audio worklet, which has neither. */
export interface ScopePorts {
  /** A port, and the other end of it, both in the worklet: a message to itself begins a turn of its event loop. */
  readonly turns: readonly [MessagePort, MessagePort];
  /** Takes `[timer, delayMs]`, and sends `timer` back when the time has come. */
  readonly timers: MessagePort;
}

let ports: ScopePorts | undefined;
let timers = 0;
const waiting = new Map<number, () => void>();
const due: (() => void)[] = [];

/** Takes the ports, once in a worklet: those of later nodes are not needed. */
export function openScope(given: ScopePorts): void {
  if (ports !== undefined) return;
  ports = given;
  given.turns[1].onmessage = () => due.shift()?.();
  given.timers.onmessage = ({ data }: MessageEvent<number>) => {
    const work = waiting.get(data);
    waiting.delete(data);
    work?.();
  };
}

/** Does some work in a turn of its own. */
export function inTurn(work: () => void): void {
  due.push(work);
  ports?.turns[0].postMessage(0);
}

/** `setTimeout`, by a timer of the page: late when the page is busy. */
export function setTimeout(work: () => void, delayMs = 0): number {
  const timer = ++timers;
  waiting.set(timer, work);
  ports?.timers.postMessage([timer, delayMs]);
  return timer;
}

/** `clearTimeout` */
export function clearTimeout(timer: number): void {
  waiting.delete(timer);
}
