import type { Io } from '../io.js';

/** An event of a served plugin, with its facts. */
export type ServeEvent =
  | { event: 'listening'; id: string; version: string; address: string }
  | { event: 'refused' | 'note' | 'waiting'; message: string }
  | { event: 'log'; level: string; message: string }
  | { event: 'saved'; id: string }
  | { event: 'lost'; message: string; retryInMs: number };

/** Reports an event of a served plugin. */
export type Report = (event: ServeEvent) => void;

/**
 * Makes the reporter of events: for people on the standard error, or for programs as a line of JSON each on the standard
 * output.
 */
export function reporter(io: Io, { json }: { json: boolean }): Report {
  if (json) return (event) => io.json(event);
  // A state is saved every second: nobody wants to read that.
  return (event) =>
    event.event === 'saved' ? undefined : void io.err(`${io.styleErr('cyan', 'serve')} ${textOf(event)}\n`);
}

function textOf(event: Exclude<ServeEvent, { event: 'saved' }>): string {
  if (event.event === 'listening') return `${event.id} ${event.version} at ${event.address}`;
  if (event.event === 'log') return `${event.level}: ${event.message}`;
  if (event.event === 'lost') return `${event.message}; again in ${Math.round(event.retryInMs)} ms`;
  return event.message;
}
