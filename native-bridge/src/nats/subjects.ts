/** Returns a text as one token of a subject: characters with a meaning in NATS become `_`. */
function token(text: string): string {
  return text.replaceAll(/[^\w:/@-]/g, '_');
}

/** Returns the name of a plugin's service: the id with hyphens for dots. */
export function serviceName(id: string): string {
  return id.replaceAll(/[^\w-]/g, '-');
}

/** Returns the subject of a plugin, of which all others are. */
export function pluginSubject(id: string): string {
  return `wasm-plugin.${token(id)}`;
}

/** Returns the subject of a function, e.g. `wasm-plugin.acme_eq.call.acme:eq/bands@1_0_0.set-band`. */
export function functionSubject(id: string, of: { interface: string; name: string }): string {
  return `${pluginSubject(id)}.call.${of.interface === '' ? '-' : token(of.interface)}.${token(of.name)}`;
}

/** Returns the subject at which a host asks for a connection with an instance of its own. */
export function connectSubject(id: string): string {
  return `${pluginSubject(id)}.connect`;
}

/** The headers of a call and of its answer. */
export const HEADER = {
  /** The milliseconds that the caller waits. */
  deadline: 'Wasm-Plugin-Deadline-Ms',
  callId: 'Wasm-Plugin-Call',
  trace: 'traceparent',
  /** Of an error: its code, and whether the function may have run. */
  code: 'Wasm-Plugin-Code',
  mayHaveRun: 'Wasm-Plugin-May-Have-Run',
} as const;
