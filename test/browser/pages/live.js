import { openPluginNode } from '@wasm-plugin/engine/worklet';

const PROCESSOR = 'wasm-plugin:abi/processor';
const LIMITS = { fuel: 5_000_000, timeMs: 30_000, memoryBytes: 2 ** 24 };

const bytesOf = async (name) =>
  new Uint8Array(await (await fetch(`/plugins-as/build/${name}.wasm`)).arrayBuffer());

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Lets three equalizers run one behind the other in a live context, and reloads them in turn.
 * @param options `seconds` the sound lasts at least; `reloads` of all plugins together
 */
export async function playLive({ seconds, reloads }) {
  const versions = await Promise.all(['eq', 'eq-v2'].map(bytesOf));
  const context = new AudioContext();
  await context.audioWorklet.addModule('/test/browser/pages/sine.js');
  const hz = 441;
  const source = new AudioWorkletNode(context, 'sine', {
    processorOptions: { hz },
    numberOfInputs: 0,
    outputChannelCount: [2],
  });
  const judge = new AudioWorkletNode(context, 'judge', { processorOptions: { hz } });
  const events = [];
  const plugins = [];
  for (let number = 0; number < 3; number++) {
    const plugin = await openPluginNode(context, {
      component: versions[0],
      version: '1.0.0',
      name: `eq${number}`,
      limits: LIMITS,
      onEvent: ({ kind, error }) => events.push(error === undefined ? kind : `${kind}: ${error.message}`),
      onDead: (error) => events.push(`dead: ${error.message}`),
    });
    // A band at some frequency, so that the filters have a past that a reload must carry.
    await plugin.call([PROCESSOR, 'setParameter'], 2, 4 + number);
    plugins.push(plugin);
  }
  [source, ...plugins.map(({ node }) => node), judge, context.destination].reduce((from, to) =>
    from.connect(to),
  );
  await context.resume();
  await wait(500);
  judge.port.postMessage('begin');
  const began = context.currentTime;
  const states = [];
  for (let reload = 1; reload <= reloads; reload++) {
    while (context.currentTime < began + (seconds * reload) / (reloads + 1)) await wait(10);
    const plugin = plugins[reload % plugins.length];
    const { state } = await plugin.reload({ component: versions[1], version: `2.0.${reload}` });
    states.push(state);
  }
  while (context.currentTime < began + seconds) await wait(10);
  const usages = await Promise.all(plugins.map((plugin) => plugin.usage()));
  const heard = await new Promise((resolve) => {
    judge.port.onmessage = ({ data }) => resolve(data);
    judge.port.postMessage('end');
  });
  for (const plugin of plugins) await plugin.close();
  const { underrunEvents, underrunDuration } = context.playbackStats ?? {};
  await context.close();
  const playedMs = (usages[0].blocks * 128 * 1000) / context.sampleRate;
  return {
    heard: { ...heard, seconds: heard.frames / context.sampleRate },
    states,
    events,
    fuel: usages.map(({ fuel }) => fuel),
    load: usages.map(({ busyMs }) => busyMs / playedMs),
    underruns: underrunEvents,
    underrunMs: underrunDuration === undefined ? undefined : underrunDuration * 1000,
    versions: plugins.map(({ version }) => version),
  };
}
