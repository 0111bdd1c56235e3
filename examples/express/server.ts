import { createPluginHost } from '@wasm-plugin/engine/host';
import express from 'express';

type Greeter = { greet(name: string): string };

const host = createPluginHost({
  folders: ['examples/plugins'],
  limits: { fuel: 1_000_000, memoryBytes: '16 MiB' },
  supervise: true, // starts a plugin anew that has hit a limit
});
host.on('supervision', ({ plugin, kind }) => console.log(plugin, kind));
await host.scan();
const plugin = await host.load<Greeter>('com.example.greeter-rust');

const app = express();
app.use(express.text({ limit: '10mb' }));
app.post('/greet', (request, response) => {
  if (plugin.state !== 'ready') {
    response.status(503).send('The plugin is being started anew');
    return;
  }
  try {
    response.send(plugin.exports.greet(String(request.body)));
  } catch (error) {
    response.status(413).send(String(error)); // A QuotaError: it was too much for the plugin.
  }
});
const server = app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  console.log('Listening at', server.address());
});
