import { createPluginHost } from '@wasm-plugin/engine/host';

type Job = { run(input: string): string };

const [folder = 'examples/hostile/plugins'] = process.argv.slice(2);
const host = createPluginHost({
  folders: [folder],
  grants: ['log'],
  limits: {
    timeMs: '200 ms',
    fuel: 1e12,
    memoryBytes: '16 MiB',
    strictMemory: true,
    stackDepth: 1000,
    hostCalls: 1000,
    hostBytes: '1 MiB',
    handles: 1000,
    logLinesPerSecond: 100,
  },
});
let lines = 0;
host.on('log', () => lines++);

await host.scan();
console.log('| plugin | does | ends as | limit |');
console.log('| --- | --- | --- | --- |');
for (const { name, package: pkg } of host.list()) {
  const { code, limit = '–' } = await tryOut(name);
  console.log(`| ${name.split('.').at(-1)} | ${pkg.manifest.description} | ${code} | ${limit} |`);
}
console.log(`\nThe host is well: it kept ${lines} lines of log`);
await host.close();

/** Loads a plugin and calls it. Returns what it ends as. */
async function tryOut(name: string): Promise<{ code: string; limit?: string }> {
  try {
    const { exports } = await host.load<Job>(name);
    exports.run('some input');
    return { code: 'returned' };
  } catch (error) {
    return error as { code: string; limit?: string }; // A QuotaError has a limit, a TrapError none.
  }
}
