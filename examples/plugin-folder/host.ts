import { createPluginHost } from '@wasm-plugin/engine/host';

type Greeter = { greet(name: string): string };

const [folder = 'examples/plugins'] = process.argv.slice(2);
const host = createPluginHost({ folders: [folder], limits: { timeMs: 50 }, supervise: true, watch: true });
host.on('reload', ({ plugin, kind }) => console.log(`${plugin}: ${kind}`));

await host.scan();
for (const { name, package: pkg } of host.list()) {
  if (pkg.manifest.world !== 'acme:greeter/greeter') continue; // Made for another kind of host.
  try {
    const { exports } = await host.load<Greeter>(name);
    setInterval(() => console.log(`${name}: ${exports.greet('Ada')}`), 1000);
  } catch (error) {
    console.log(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
process.once('SIGINT', () => void host.close().then(() => process.exit()));
