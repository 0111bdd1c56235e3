import type { Limits } from '@wasm-plugin/engine';
import type { ResolvedComponent } from '@wasm-plugin/engine/component';
import { AudioPanel } from './audio-panel.js';
import { byId, element, fillTerms, logLine } from './dom.js';
import { EXAMPLES } from './examples.js';
import { functionForms } from './function-forms.js';
import { describeError, interfaceOf, PluginSession } from './plugin-session.js';
import { hashOf, settingsFrom } from './settings.js';
import { readComponent, witText } from './wit-text.js';

const settings = settingsFrom(location.hash);
const audio = new AudioPanel(settings);
const limitInputs = new Map<string, HTMLInputElement>();
let bytes: Uint8Array | undefined;
let session: PluginSession | undefined;

for (const [name, value] of Object.entries(settings.limits)) {
  const input = element('input', { value, name });
  limitInputs.set(name, input);
  byId('limits').append(element('label', { className: 'field' }, [name, input]));
}
const example = byId<HTMLSelectElement>('example');
example.append(...Object.keys(EXAMPLES).map((name) => element('option', { textContent: name })));
example.value = Object.hasOwn(EXAMPLES, settings.example) ? settings.example : 'equalizer';
example.addEventListener('change', () => {
  settings.parameters = {};
  void loadExample();
});
byId('apply').addEventListener('click', () => void (bytes && load(bytes)));
byId('again').addEventListener('click', () => void (bytes && reload(bytes)));
byId('link').addEventListener('click', () => {
  keepLimits();
  location.hash = hashOf(settings);
  void navigator.clipboard?.writeText(location.href).catch(() => undefined);
  say('The address of this page has the settings now.');
});
onFile('file', load);
onFile('next', reload);
const drop = byId('drop');
for (const kind of ['dragover', 'dragleave', 'drop'] as const) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle('over', kind === 'dragover');
    const file = kind === 'drop' ? event.dataTransfer?.files[0] : undefined;
    if (file !== undefined) void take(file, load);
  });
}
void loadExample();

function onFile(id: string, use: (bytes: Uint8Array) => Promise<void>): void {
  const input = byId<HTMLInputElement>(id);
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    input.value = '';
    if (file !== undefined) void take(file, use);
  });
}

async function take(file: File, use: (bytes: Uint8Array) => Promise<void>): Promise<void> {
  const content = new Uint8Array(await file.arrayBuffer());
  logLine(`${file.name}, ${content.length} bytes`);
  await use(content);
}

async function loadExample(): Promise<void> {
  settings.example = example.value;
  const response = await fetch(EXAMPLES[example.value] as string);
  await load(new Uint8Array(await response.arrayBuffer()));
}

function keepLimits(): Limits {
  for (const [name, { value }] of limitInputs) settings.limits[name] = value;
  const given = Object.entries(settings.limits).filter(([, value]) => value.trim() !== '');
  return Object.fromEntries(
    given.map(([name, value]) => [name, /^[\d.e+]+$/.test(value) ? Number(value) : value]),
  );
}

async function load(given: Uint8Array): Promise<void> {
  await begin(given, undefined);
}

/** Starts another instance, which takes over the state; the sound goes on. */
async function reload(given: Uint8Array): Promise<void> {
  try {
    const state = session?.save();
    await begin(given, state);
  } catch (error) {
    fail(error);
  }
}

async function begin(given: Uint8Array, state: ReturnType<PluginSession['save']>): Promise<void> {
  say('Loading…');
  try {
    const type = readComponent(given);
    byId('wit').textContent = witText(type);
    byId('shape').hidden = false;
    const limits = keepLimits();
    const next = await PluginSession.open(given, type, limits);
    if (state !== undefined) next.restore(state);
    session?.close();
    [session, bytes] = [next, given];
    showFunctions(type);
    await showSound(given, { limits, isReload: state !== undefined });
    showUsage();
    byId('live').hidden = false;
    say(
      state === undefined
        ? `Runs: ${given.length} bytes.`
        : `Reloaded with ${state.bytes.length} bytes of state.`,
    );
  } catch (error) {
    fail(error);
  }
}

function showFunctions(type: ResolvedComponent): void {
  const forms = functionForms(type, {
    instance: () => (session as PluginSession).instance,
    called(error) {
      if (error !== undefined) logLine(describeError(error), 'error');
      showUsage();
    },
  });
  byId('functions').replaceChildren(...forms);
  byId('calls').hidden = forms.length === 0;
}

async function showSound(
  component: Uint8Array,
  { limits, isReload }: { limits: Limits; isReload: boolean },
): Promise<void> {
  const { instance } = session as PluginSession;
  const processor = interfaceOf(instance, 'wasm-plugin:abi/processor');
  const isAudio = processor !== undefined && interfaceOf(instance, 'wasm-plugin:abi/realtime') !== undefined;
  byId('audio').hidden = !isAudio;
  if (!isAudio) return await audio.stop();
  if (isReload) return await audio.reload(component);
  await audio.show(component, { ...(processor['describe']?.() as { parameters: [] }), limits });
}

function showUsage(): void {
  const used = (session as PluginSession).instance.usage();
  fillTerms(byId('usage'), {
    'Fuel of the last call': used.fuel === undefined ? 'not counted' : String(used.fuel),
    'Fuel in all': used.fuelTotal === undefined ? 'not counted' : String(used.fuelTotal),
    Memory: `${(used.memoryBytes / 2 ** 20).toFixed(2)} MiB`,
    Handles: String(used.handles),
  });
}

function fail(error: unknown): void {
  say(describeError(error).split('\n')[0] as string, true);
  logLine(describeError(error), 'error');
}

function say(text: string, isError = false): void {
  const status = byId('status');
  status.textContent = text;
  status.className = isError ? 'error' : '';
}
