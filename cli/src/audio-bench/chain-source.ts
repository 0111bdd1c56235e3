import type { AudioSource, Lane, OpenedPlugin, Setup } from './audio-source.js';

/** Puts plugins behind each other: the outputs of each go into the next. */
export function chainSource(sources: readonly AudioSource[]): AudioSource {
  const [first, ...others] = sources as [AudioSource, ...AudioSource[]];
  if (others.length === 0) return first;
  return {
    name: sources.map(({ name }) => name).join(' → '),
    descriptor: first.descriptor,
    async open(setup: Setup): Promise<OpenedPlugin> {
      const opened: OpenedPlugin[] = [];
      for (const source of sources) opened.push(await source.open(setup));
      return {
        lane: chainLane(opened.map(({ lane }) => lane)),
        fuel: () => sum(opened.map(({ fuel }) => fuel())),
        close: () => opened.forEach(({ close }) => close()),
      };
    },
    async close() {
      for (const source of sources) await source.close();
    },
  };
}

function chainLane(lanes: readonly Lane[]): Lane {
  const first = lanes[0] as Lane;
  const last = lanes.at(-1) as Lane;
  return {
    get inputs() {
      return first.inputs;
    },
    get outputs() {
      return last.outputs;
    },
    process(frames) {
      first.process(frames);
      for (let at = 1; at < lanes.length; at++) {
        const from = (lanes[at - 1] as Lane).outputs;
        const lane = lanes[at] as Lane;
        const to = lane.inputs;
        for (let channel = 0; channel < to.length; channel++)
          (to[channel] as Float32Array).set(from[channel] as Float32Array);
        lane.process(frames);
      }
    },
  };
}

function sum(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce((all, value) => (all === undefined || value === undefined ? undefined : all + value));
}
