/** A manifest that uses every field. */
export const FULL_MANIFEST = {
  $schema: './plugin.schema.json',
  id: 'acme.eq',
  name: 'Equalizer',
  version: '1.2.3-beta.1',
  description: 'Four bands.',
  author: 'Acme',
  license: 'Apache-2.0',
  homepage: 'https://example.com/eq',
  tags: ['audio', 'eq'],
  carrier: 'library',
  entry: 'lib/eq.so',
  platforms: [{ os: 'linux', cpu: 'arm64', libc: 'musl', entry: 'lib/eq-arm64.so' }],
  fallbacks: [{ carrier: 'wasm', entry: 'eq.wasm' }],
  world: 'wasm-plugin:abi/audio-effect',
  interfaces: ['wasm-plugin:abi/processor@0.1.0'],
  abi: '^0.1.0',
  engine: '>=0.1.0',
  dependencies: { 'acme.curves': '^1.0.0', 'acme.meter': { range: '>=2 <4', optional: true } },
  permissions: [
    { capability: 'log', reason: 'to say what it does' },
    { capability: 'fs:/presets:ro', reason: 'to read presets', required: false },
  ],
  limits: { memoryBytes: '16 MiB', fuel: 1_000_000, strictMemory: true },
  config: {
    schema: {
      type: 'object',
      properties: { gain: { type: 'number', minimum: -24, maximum: 24, default: 0 } },
      additionalProperties: false,
    },
  },
  state: { schema: 3, restores: [1, 2], versions: '>=1.0.0-0' },
  reload: { strategy: 'when-idle', policy: 'last-good', confirmCalls: 10 },
  update: { channel: 'beta' },
  isolation: 'worker',
  activity: { tickMs: 100, stopMs: 2000 },
  idempotent: ['wasm-plugin:abi/processor@0.1.0'],
  extensionPoints: ['acme:lyrics/source'],
  events: { queue: 16, overflow: 'keep-latest' },
  build: { command: 'make' },
};

/** The least that a manifest must say. */
export const SMALL_MANIFEST = {
  id: 'acme.small',
  name: 'Small',
  version: '1.0.0',
  world: 'wasm-plugin:abi/plugin',
  entry: 'plugin.wasm',
};
