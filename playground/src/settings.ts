/** All that a link holds. */
export interface Settings {
  example: string;
  /** Values of limits by their names, as typed. */
  limits: Record<string, string>;
  /** Values of parameters by their ids. */
  parameters: Record<string, number>;
  signal: string;
}

export const DEFAULTS: Settings = {
  example: 'equalizer',
  limits: {
    fuel: '50000000',
    timeMs: '1000',
    memoryBytes: '64 MiB',
    stackDepth: '2000',
    logLinesPerSecond: '100',
  },
  parameters: {},
  signal: 'chord',
};

/** Reads the settings of a link; what is missing or malformed is as by default. */
export function settingsFrom(hash: string): Settings {
  try {
    const given = JSON.parse(decodeURIComponent(hash.slice(1))) as Partial<Settings>;
    return {
      example: String(given.example ?? DEFAULTS.example),
      limits: { ...DEFAULTS.limits, ...given.limits },
      parameters: { ...given.parameters },
      signal: String(given.signal ?? DEFAULTS.signal),
    };
  } catch {
    return structuredClone(DEFAULTS);
  }
}

/** Writes settings for the end of a link. */
export function hashOf(settings: Settings): string {
  return `#${encodeURIComponent(JSON.stringify(settings))}`;
}
