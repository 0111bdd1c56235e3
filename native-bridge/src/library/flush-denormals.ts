import { koffiFfi } from './koffi-ffi.js';
import { commonLibc } from './common-libc.js';
import { FloatEnvironment } from './float-environment.js';

/** Bytes of `fenv_t`, with room. */
const BYTES = 64;

/** The place in `fenv_t` of the control word of vector arithmetic, and its bits that count denormal numbers as zero. */
interface ControlWord {
  offset: number;
  bits: number;
}

/** MXCSR: DAZ and FTZ. */
const X64 = 0x8040;
/** FPCR: FZ. */
const ARM64 = 1 << 24;

/** By platform and processor. glibc and musl agree. Only Linux on x64 is tested; the result is verified everywhere. */
const CONTROL_WORDS: Readonly<Record<string, ControlWord>> = {
  'linux x64': { offset: 28, bits: X64 },
  'linux arm64': { offset: 0, bits: ARM64 },
};

/** A denormal number, read from memory so that nobody folds what is done with it. */
const PROBE = new Float64Array([Number.MIN_VALUE]);

/**
 * Makes this thread count denormal numbers as zero, in JavaScript, WebAssembly and native code: a filter that rings on in a silence
 * then costs no more than one that sounds. One native call; off unless it is called.
 *
 * It changes the arithmetic of everything on the thread, so results can differ from those of other machines and of the specifications
 * of JavaScript and WebAssembly. For a thread that processes audio alone. Threads that it starts later inherit it. Call it before
 * libraries are loaded with `unsafeInProcess`: they keep the environment that they find.
 *
 * @returns a function that ends it
 * @throws {Error} the system and processor are not known, or koffi is not installed
 * @example
 * const restore = flushDenormals();
 * lane.process(128);
 * restore();
 */
export function flushDenormals(): () => void {
  const place = CONTROL_WORDS[`${process.platform} ${process.arch}`];
  if (place === undefined)
    throw new Error(
      `Cannot flush denormal numbers: it is not known how "${process.platform}" on "${process.arch}" does that`,
    );
  const before = FloatEnvironment.present();
  const block = koffiFfi.allocate(BYTES);
  const { fegetenv, fesetenv } = commonLibc();
  fegetenv(block.address);
  const view = new DataView(block.bytes);
  view.setUint32(place.offset, view.getUint32(place.offset, true) | place.bits, true);
  fesetenv(block.address);
  block.free();
  if ((PROBE[0] as number) + (PROBE[0] as number) !== 0) {
    before.restore();
    throw new Error('Cannot flush denormal numbers: the processor still counts with them');
  }
  return () => before.restore();
}
