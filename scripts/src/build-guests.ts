import { asToolchain, buildAsGuest } from './as-guest.js';
import { buildCKernel } from './c-kernel.js';
import { GUESTS } from './guests.js';
import { writeHashRecord } from './hash-record.js';
import { buildRustGuest, rustToolchain } from './rust-guest.js';
import { buildWasiGuest } from './wasi-guest.js';

/** `npm run build:guests [-- rust|assemblyscript|wasi-rust|wasi-c|c|NAME …]`: builds the guests named, or all. */
const wanted = process.argv.slice(2);
const guests = GUESTS.filter(
  (guest) => wanted.length === 0 || wanted.includes(guest.name) || wanted.includes(guest.language),
);
if (guests.length === 0) throw new RangeError(`Cannot build: no guest is called "${wanted.join('", "')}"`);

for (const guest of guests) {
  if (guest.language === 'assemblyscript') {
    await buildAsGuest(guest);
    writeHashRecord(guest, asToolchain());
  } else if (guest.language === 'c') {
    writeHashRecord(guest, await buildCKernel(guest));
  } else if (guest.language === 'wasi-rust' || guest.language === 'wasi-c') {
    writeHashRecord(guest, await buildWasiGuest(guest));
  } else {
    const toolchain = rustToolchain();
    if (toolchain === undefined) throw new Error('Cannot build the Rust guests: there is no rustc');
    await buildRustGuest(guest);
    writeHashRecord(guest, toolchain);
  }
  process.stdout.write(`${guest.output}\n`);
}
