import type { Limits } from '@wasm-plugin/engine';
import { openPluginNode, type PluginNode } from '@wasm-plugin/engine/worklet';
import { byId, element, fillTerms, logLine } from './dom.js';
import { describeError, NO_VERSION } from './plugin-session.js';
import type { Settings } from './settings.js';
import { signalBuffer, wavOf } from './signals.js';

const PROCESSOR = 'wasm-plugin:abi/processor';
const LOOK_MS = 250;

interface Parameter {
  id: number;
  name: string;
  unit: string;
  min: number;
  max: number;
  default: number;
  choices: readonly string[];
  flags: { stepped?: boolean; logarithmic?: boolean; readOnly?: boolean };
}

/** A plugin that is heard: signal → plugin → analyser → loudspeaker, with a way around the plugin. */
export class AudioPanel {
  readonly #settings: Settings;
  #component: Uint8Array = new Uint8Array(0);
  #limits: Limits = {};
  #context: AudioContext | undefined;
  #plugin: PluginNode | undefined;
  #source: AudioBufferSourceNode | undefined;
  #around: GainNode | undefined;
  #through: GainNode | undefined;
  #analyser: AnalyserNode | undefined;
  #file: AudioBuffer | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #reloads = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
    byId('play').addEventListener('click', () => void this.#toggle().catch(report));
    byId('bypass').addEventListener('change', () => this.#route());
    byId('wav').addEventListener('click', () => void this.export().catch(report));
    const signal = byId<HTMLSelectElement>('signal');
    signal.value = settings.signal;
    signal.addEventListener('change', () => {
      settings.signal = signal.value;
      this.#restartSource();
    });
    byId<HTMLInputElement>('sound').addEventListener('change', ({ target }) => {
      const file = (target as HTMLInputElement).files?.[0];
      if (file !== undefined) void this.#takeSound(file).catch(report);
    });
  }

  /** Shows the parameters of a plugin. It is started by "Play". */
  async show(
    component: Uint8Array,
    given: { parameters: readonly Parameter[]; limits: Limits },
  ): Promise<void> {
    await this.stop();
    this.#component = component;
    this.#limits = given.limits;
    byId('knobs').replaceChildren(
      ...given.parameters.filter(({ flags }) => flags.readOnly !== true).map((each) => this.#knob(each)),
    );
  }

  /** Replaces the plugin that sounds, between two blocks; without a sound the next "Play" starts it. */
  async reload(component: Uint8Array): Promise<void> {
    this.#component = component;
    if (this.#plugin === undefined) return;
    const version = `1.0.${++this.#reloads}`;
    const { state } = await this.#plugin.reload({ component, version });
    logLine(`the sound goes on with ${version}; state ${state}`, 'reload');
  }

  /** Ends the sound. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const context = this.#context;
    this.#context = undefined;
    this.#plugin = undefined;
    byId('play').textContent = 'Play';
    await context?.close();
  }

  /** Renders the signal through the plugin, faster than it sounds, and offers the file. */
  async export(): Promise<void> {
    const sampleRate = 48_000;
    const buffer = this.#buffer(sampleRate);
    const context = new OfflineAudioContext(2, buffer.length, sampleRate);
    const plugin = await this.#open(context);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(plugin.node).connect(context.destination);
    source.start();
    const address = URL.createObjectURL(wavOf(await context.startRendering()));
    element('a', { href: address, download: 'wasm-plugin.wav' }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  async #toggle(): Promise<void> {
    if (this.#context !== undefined) return await this.stop();
    const context = (this.#context = new AudioContext());
    byId('play').textContent = 'Stop';
    try {
      this.#plugin = await this.#open(context);
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.#analyser = new AnalyserNode(context, { fftSize: 2048, smoothingTimeConstant: 0.7 });
    this.#around = new GainNode(context);
    this.#through = new GainNode(context);
    this.#restartSource();
    this.#plugin.node.connect(this.#through).connect(this.#analyser).connect(context.destination);
    this.#around.connect(this.#analyser);
    this.#route();
    await context.resume();
    this.#timer = setInterval(() => void this.#look().catch(report), LOOK_MS);
    this.#draw();
  }

  async #open(context: BaseAudioContext): Promise<PluginNode> {
    const plugin = await openPluginNode(context, {
      component: this.#component,
      version: NO_VERSION,
      limits: this.#limits,
      onLog: (level, message) => logLine(message, level),
      onEvent: ({ kind, error }) => logLine(error === undefined ? kind : describeError(error), 'reload'),
      onDead: report,
    });
    for (const [id, value] of Object.entries(this.#settings.parameters))
      await plugin.call([PROCESSOR, 'setParameter'], Number(id), value).catch(() => undefined);
    return plugin;
  }

  #buffer(sampleRate: number): AudioBuffer {
    const { signal } = this.#settings;
    return signal === 'file' && this.#file !== undefined ? this.#file : signalBuffer(signal, sampleRate);
  }

  #restartSource(): void {
    const context = this.#context;
    if (context === undefined || this.#plugin === undefined) return;
    this.#source?.disconnect();
    this.#source = new AudioBufferSourceNode(context, {
      buffer: this.#buffer(context.sampleRate),
      loop: true,
    });
    this.#source.connect(this.#plugin.node);
    this.#source.connect(this.#around as GainNode);
    this.#source.start();
  }

  /** Goes from one way to the other in a few milliseconds, so that the change itself does not click. */
  #route(): void {
    const bypass = byId<HTMLInputElement>('bypass').checked;
    const now = this.#context?.currentTime ?? 0;
    this.#around?.gain.setTargetAtTime(bypass ? 1 : 0, now, 0.005);
    this.#through?.gain.setTargetAtTime(bypass ? 0 : 1, now, 0.005);
  }

  async #takeSound(file: File): Promise<void> {
    const decoder = new OfflineAudioContext(2, 1, this.#context?.sampleRate ?? 48_000);
    this.#file = await decoder.decodeAudioData(await file.arrayBuffer());
    this.#settings.signal = byId<HTMLSelectElement>('signal').value = 'file';
    this.#restartSource();
  }

  #knob(parameter: Parameter): HTMLElement {
    const { id, name, unit, min, max, choices, flags } = parameter;
    const start = this.#settings.parameters[id] ?? parameter.default;
    const logarithmic = flags.logarithmic === true;
    const shown = element('output');
    const input = element('input', {
      type: 'range',
      min: String(logarithmic ? Math.log(min) : min),
      max: String(logarithmic ? Math.log(max) : max),
      step: flags.stepped === true ? '1' : 'any',
    });
    input.value = String(logarithmic ? Math.log(start) : start);
    const show = (value: number): void => {
      shown.textContent = choices[value - min] ?? `${Number(value.toPrecision(4))} ${unit}`;
      input.setAttribute('aria-valuetext', shown.textContent);
    };
    show(start);
    input.addEventListener('input', () => {
      const value = logarithmic
        ? Math.min(max, Math.max(min, Math.exp(Number(input.value))))
        : Number(input.value);
      this.#settings.parameters[id] = value;
      show(value);
      this.#plugin?.call([PROCESSOR, 'setParameter'], id, value).catch(report);
    });
    return element('label', { className: 'field' }, [
      element('span', { textContent: `${name} ` }, [shown]),
      input,
    ]);
  }

  async #look(): Promise<void> {
    const [context, plugin] = [this.#context, this.#plugin];
    if (context === undefined || plugin === undefined) return;
    const { blocks, busyMs, fuel, memoryBytes } = await plugin.usage();
    const blockMs = blocks === 0 ? 0 : busyMs / blocks;
    const frames = (context as { renderQuantumSize?: number }).renderQuantumSize ?? 128;
    fillTerms(byId('load'), {
      Load: `${((blockMs / ((frames / context.sampleRate) * 1000)) * 100).toFixed(1)} %`,
      'Time of a block': `${(blockMs * 1000).toFixed(0)} µs`,
      Blocks: String(blocks),
      'Fuel of a block': fuel === undefined ? 'not counted' : String(fuel),
      Memory: `${(memoryBytes / 2 ** 20).toFixed(2)} MiB`,
    });
  }

  #draw(): void {
    const analyser = this.#analyser;
    if (analyser === undefined || this.#context === undefined) return;
    const canvas = byId<HTMLCanvasElement>('spectrum');
    const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const { width, height } = canvas;
    pen.clearRect(0, 0, width, height);
    pen.fillStyle = getComputedStyle(canvas).color;
    for (let x = 0; x < width; x += 4) {
      const bin = Math.min(bins.length - 1, Math.round(bins.length ** (x / width)));
      const share = Math.max(0, ((bins[bin] as number) + 110) / 110);
      pen.fillRect(x, height * (1 - share), 3, height * share);
    }
    requestAnimationFrame(() => this.#draw());
  }
}

function report(error: unknown): void {
  logLine(describeError(error), 'error');
}
