import { LATENCY_BOUNDS_MS } from './function-metrics.js';
import type { PluginMetrics } from './host-metrics.js';

/** One family of samples in the text format of Prometheus. */
interface Family {
  readonly name: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  samples(metrics: PluginMetrics): string[];
}

/** Writes metrics in the text format of Prometheus, version 0.0.4. */
export function metricsText(all: readonly PluginMetrics[]): string {
  return FAMILIES.map(({ name, kind, help, samples }) => {
    const lines = all.flatMap((metrics) => samples(metrics));
    return lines.length === 0 ? '' : `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines.join('\n')}\n`;
  }).join('');
}

const count = (name: string, help: string, value: (metrics: PluginMetrics) => number): Family => ({
  name,
  kind: 'counter',
  help,
  samples: (metrics) => [sample(name, { plugin: metrics.plugin }, value(metrics))],
});

const FAMILIES: readonly Family[] = [
  {
    name: 'wasm_plugin_up',
    kind: 'gauge',
    help: 'Whether the plugin can be called.',
    samples: ({ plugin, version, state }) => [
      sample('wasm_plugin_up', { plugin, version }, state === 'ready' || state === 'reloading' ? 1 : 0),
    ],
  },
  {
    name: 'wasm_plugin_calls_total',
    kind: 'counter',
    help: 'Calls of a function.',
    samples: ({ plugin, functions }) =>
      functions.map(({ name, calls }) =>
        sample('wasm_plugin_calls_total', { plugin, function: name }, calls),
      ),
  },
  {
    name: 'wasm_plugin_call_errors_total',
    kind: 'counter',
    help: 'Calls of a function that threw.',
    samples: ({ plugin, functions }) =>
      functions.map(({ name, errors }) =>
        sample('wasm_plugin_call_errors_total', { plugin, function: name }, errors),
      ),
  },
  {
    name: 'wasm_plugin_call_seconds',
    kind: 'histogram',
    help: 'Time of timed calls: the first 16 of a function, and then one in 256.',
    samples: ({ plugin, functions }) =>
      functions.flatMap(({ name, buckets, timed, timedMs }) => {
        const labels = { plugin, function: name };
        let below = 0;
        const lines = buckets.map((inBucket, index) => {
          below += inBucket;
          const bound = LATENCY_BOUNDS_MS[index];
          const le = bound === undefined ? '+Inf' : String(bound / 1000);
          return sample('wasm_plugin_call_seconds_bucket', { ...labels, le }, below);
        });
        return [
          ...lines,
          sample('wasm_plugin_call_seconds_sum', labels, timedMs / 1000),
          sample('wasm_plugin_call_seconds_count', labels, timed),
        ];
      }),
  },
  count('wasm_plugin_deaths_total', 'Times that the plugin died.', ({ deaths }) => deaths),
  count('wasm_plugin_restarts_total', 'Times that it was started anew.', ({ restarts }) => restarts),
  count('wasm_plugin_reloads_total', 'Reloads that were committed.', ({ reloads }) => reloads),
  count('wasm_plugin_failed_reloads_total', 'Reloads that failed.', ({ failedReloads }) => failedReloads),
  count('wasm_plugin_rollbacks_total', 'Versions that were taken back.', ({ rollbacks }) => rollbacks),
  count('wasm_plugin_denials_total', 'Capabilities that were refused.', ({ denials }) => denials),
  {
    name: 'wasm_plugin_usage',
    kind: 'gauge',
    help: 'What the instance uses, by the name of the limit.',
    samples: ({ plugin, usage }) =>
      Object.entries(usage).map(([limit, used]) => sample('wasm_plugin_usage', { plugin, limit }, used)),
  },
];

function sample(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escape(text)}"`);
  return `${name}{${pairs.join(',')}} ${value}`;
}

/** Names of functions are the plugin's. */
function escape(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}
