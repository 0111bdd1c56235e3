import { asToolchain, buildAsGuest } from './as-guest.js';
import { buildAsKernel } from './as-kernel.js';
import { buildCKernel } from './c-kernel.js';
import { buildExample, buildWat } from './example-guest.js';
import { GUESTS } from './guests.js';
import { writeHashRecord } from './hash-record.js';
import { buildRustGuest, rustToolchain } from './rust-guest.js';
import { buildRustKernel } from './rust-kernel.js';
import { buildWasiGuest } from './wasi-guest.js';

/** `npm run build:guests [-- rust|assemblyscript|wasi-rust|wasi-c|c|rust-kernel|as-kernel|example|wat|NAME …]`: builds the guests named, or all. */
const wanted = process.argv.slice(2);
const guests = GUESTS.filter(
  ({ name, language }) =>
    wanted.length === 0 ||
    wanted.includes(name) ||
    wanted.includes(language) ||
    (language === 'as-kernel' && wanted.includes('assemblyscript')),
);
if (guests.length === 0) throw new RangeError(`Cannot build: no guest is called "${wanted.join('", "')}"`);

for (const guest of guests) {
  if (guest.language === 'assemblyscript') {
    await buildAsGuest(guest);
    writeHashRecord(guest, asToolchain());
  } else if (guest.language === 'c') {
    writeHashRecord(guest, await buildCKernel(guest));
  } else if (guest.language === 'as-kernel') {
    await buildAsKernel(guest);
    writeHashRecord(guest, asToolchain());
  } else if (guest.language === 'example') {
    writeHashRecord(guest, buildExample(guest));
  } else if (guest.language === 'wat') {
    writeHashRecord(guest, await buildWat(guest));
  } else if (guest.language === 'wasi-rust' || guest.language === 'wasi-c') {
    writeHashRecord(guest, await buildWasiGuest(guest));
  } else {
    const toolchain = rustToolchain();
    if (toolchain === undefined) throw new Error('Cannot build the Rust guests: there is no rustc');
    await (guest.language === 'rust-kernel' ? buildRustKernel(guest) : buildRustGuest(guest));
    writeHashRecord(guest, toolchain);
  }
  process.stdout.write(`${guest.output}\n`);
}
