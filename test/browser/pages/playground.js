/** Uses the playground as a person would, and posts what is seen. It is loaded into the page beside the page's own script. */
const seen = {};
const byId = (id) => document.querySelector(`#${id}`);

async function until(what, holds) {
  for (let tries = 0; tries < 600; tries++) {
    const found = holds();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Cannot go on: ${what} did not come; the page says "${byId('status').textContent}"`);
}

const status = (text) => until(`the status "${text}"`, () => byId('status').textContent.startsWith(text));

async function choose(name) {
  byId('status').textContent = '';
  byId('example').value = name;
  byId('example').dispatchEvent(new Event('change'));
}

function form(title) {
  const found = [...document.querySelectorAll('#functions form')].find(({ textContent }) =>
    textContent.startsWith(title),
  );
  if (found === undefined) throw new Error(`Cannot find the form "${title}"`);
  return found;
}

function call(title, ...values) {
  const found = form(title);
  found.querySelectorAll('input, textarea, select').forEach((field, index) => {
    if (values[index] !== undefined) field.value = values[index];
  });
  found.requestSubmit();
  return found.querySelector('output').textContent;
}

function give(id, bytes, name) {
  const data = new DataTransfer();
  data.items.add(new File([bytes], name));
  byId(id).files = data.files;
  byId(id).dispatchEvent(new Event('change'));
  return data;
}

const term = (list, name) =>
  [...byId(list).children].find((each) => each.firstChild.textContent === name)?.lastChild.textContent;

const steps = {
  async equalizer() {
    await status('Runs:');
    seen.wit = byId('wit').textContent.includes('export wasm-plugin:abi/processor@0.1.0 {');
    seen.imports = byId('wit').textContent.includes('import wasm-plugin:abi/log@0.1.0 {');
    seen.knobs = document.querySelectorAll('#knobs input').length > 3;
    seen.quiet = byId('load').textContent;
  },
  async sound() {
    byId('play').click();
    await until('a block', () => Number(term('load', 'Blocks')) > 100);
    seen.blockFuel = Number(term('load', 'Fuel of a block')) > 1000;
    const knob = document.querySelector('#knobs input');
    knob.value = knob.max;
    knob.dispatchEvent(new Event('input'));
    byId('signal').value = 'noise';
    byId('signal').dispatchEvent(new Event('change'));
    byId('bypass').click();
    byId('bypass').click();
    const pen = byId('spectrum').getContext('2d');
    await until('a spectrum', () => pen.getImageData(0, 0, 960, 240).data.some((value) => value > 0));
    byId('again').click();
    await until('a reload of the sound', () => byId('log').textContent.includes('state carried'));
    byId('play').click();
  },
  async wav() {
    const links = [];
    HTMLAnchorElement.prototype.click = function click() {
      links.push(this);
    };
    byId('wav').click();
    const [link] = await until('a file', () => links.length > 0 && links);
    const file = new DataView(await (await fetch(link.href)).arrayBuffer());
    seen.wav = [link.download, file.getUint32(0), file.getUint32(24, true), file.byteLength > 1_000_000];
  },
  async types() {
    // A loaded machine may take the thread away for long: fuel is to end what is endless.
    document.querySelector('#limits [name=timeMs]').value = '60000';
    await choose('types');
    await status('Runs:');
    seen.audioHidden = byId('audio').hidden;
    const ops = 'wasm-plugin:types/ops';
    const title = [...document.querySelectorAll('#functions h3')].find(({ textContent }) =>
      textContent.endsWith('› add'),
    );
    seen.add = call(title.textContent, '2', '3');
    seen.echo = call(title.textContent.replace('› add', '› echo'), 'grüße');
    seen.fuel = Number(term('usage', 'Fuel of the last call')) > 0;
    seen.ops = title.textContent.startsWith(ops);
  },
  async limits() {
    document.querySelector('#limits [name=fuel]').value = '10';
    byId('status').textContent = '';
    byId('apply').click();
    await until(
      'a refusal',
      () => byId('status').className === 'error' || byId('status').textContent.startsWith('Runs'),
    );
    seen.limited = byId('status').textContent.startsWith('Runs')
      ? call(
          [...document.querySelectorAll('#functions h3')].find(({ textContent }) =>
            textContent.endsWith('› echo'),
          ).textContent,
          'a',
        )
      : byId('status').textContent;
    document.querySelector('#limits [name=fuel]').value = '50000000';
  },
  async loop() {
    await choose('endless loop');
    await until(
      'an end',
      () => byId('status').textContent !== '' && byId('status').textContent !== 'Loading…',
    );
    const first = document.querySelector('#functions form');
    if (byId('status').className !== 'error' && first !== null) {
      first.requestSubmit();
      seen.loop = first.querySelector('output').textContent;
    } else seen.loop = byId('status').textContent;
    seen.logged = byId('log').textContent.includes('WP_QUOTA_FUEL');
  },
  async file() {
    byId('status').textContent = '';
    give('file', new Uint8Array([0, 0x61, 0x73, 0x6d]), 'broken.wasm');
    await until('a refusal', () => byId('status').className === 'error');
    seen.broken = byId('status').textContent;
    const greeter = new Uint8Array(await (await fetch('/greeter.wasm')).arrayBuffer());
    const dropped = give('file', new Uint8Array(), 'none.wasm');
    dropped.items.clear();
    dropped.items.add(new File([greeter], 'greeter.wasm'));
    byId('drop').dispatchEvent(
      new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }),
    );
    await status('Runs:');
    await until('a form', () => document.querySelector('#functions form'));
    seen.greeting = call(document.querySelector('#functions h3').textContent, 'Ada');
  },
  async link() {
    byId('link').click();
    const { example, limits } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
    seen.link = [example, limits.memoryBytes];
  },
  async keyboard() {
    const wanted = [...document.querySelectorAll('button, input, select, textarea, [tabindex]')].filter(
      (each) => each.offsetParent !== null,
    );
    seen.unreachable = wanted
      .filter((each) => (each.focus(), document.activeElement !== each))
      .map(({ id }) => id);
    seen.unlabelled = wanted
      .filter((each) => each.matches('input, select, textarea') && each.labels.length === 0)
      .map(({ id }) => id);
  },
};

try {
  for (const [name, step] of Object.entries(steps)) {
    seen.step = name;
    await step();
  }
} catch (error) {
  seen.error = `${seen.step}: ${error}\n${byId('log').textContent}`;
}
await fetch('/result', { method: 'POST', body: JSON.stringify(seen) });
