/** Options of `TextDecoder`. */
interface TextDecoderOptions {
  readonly fatal?: boolean;
  readonly ignoreBOM?: boolean;
}

/** Most characters that one call of `String.fromCharCode` is given. */
const CHUNK = 4096;
const REPLACEMENT = 0xfffd;

/** `TextDecoder` for UTF-8 and UTF-16, which an audio worklet has not: as the Encoding Standard says, without streams. */
export class TextDecoder {
  readonly #wide: boolean;
  readonly #fatal: boolean;
  readonly #ignoreBom: boolean;

  constructor(encoding = 'utf-8', { fatal = false, ignoreBOM = false }: TextDecoderOptions = {}) {
    this.#wide = encoding === 'utf-16le';
    this.#fatal = fatal;
    this.#ignoreBom = ignoreBOM;
  }

  /** @throws {TypeError} with `fatal`, for bytes that are no text */
  decode(bytes: Uint8Array = new Uint8Array(0)): string {
    const units = this.#wide ? this.#unitsOfUtf16(bytes) : this.#unitsOfUtf8(bytes);
    const from = !this.#ignoreBom && units[0] === 0xfeff ? 1 : 0;
    let text = '';
    for (let at = from; at < units.length; at += CHUNK)
      text += String.fromCharCode(...units.subarray(at, at + CHUNK));
    return text;
  }

  #wrong(): number {
    if (this.#fatal) throw new TypeError('Cannot decode the text: its bytes are not in the encoding');
    return REPLACEMENT;
  }

  #unitsOfUtf16(bytes: Uint8Array): Uint16Array {
    const units = new Uint16Array((bytes.length + 1) >> 1);
    for (let at = 0; at + 1 < bytes.length; at += 2)
      units[at >> 1] = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    for (let at = 0; at < units.length; at++) {
      const unit = units[at] as number;
      const next = units[at + 1] ?? 0;
      if (unit >> 10 === 0x36 && next >> 10 === 0x37) at++;
      else if (unit >> 11 === 0x1b) units[at] = this.#wrong();
    }
    if (bytes.length % 2 === 1) units[units.length - 1] = this.#wrong();
    return units;
  }

  #unitsOfUtf8(bytes: Uint8Array): Uint16Array {
    const units = new Uint16Array(bytes.length);
    let length = 0;
    for (let at = 0; at < bytes.length;) {
      const lead = bytes[at++] as number;
      if (lead < 0x80) {
        units[length++] = lead;
        continue;
      }
      let more = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
      if (more === 0) {
        units[length++] = this.#wrong();
        continue;
      }
      let code = lead & (0x3f >> more);
      let [least, most] = boundsAfter(lead);
      for (; more > 0; more--) {
        const byte = bytes[at] ?? 0;
        if (byte < least || byte > most) break;
        code = (code << 6) | (byte & 0x3f);
        [least, most] = [0x80, 0xbf];
        at++;
      }
      if (more > 0) units[length++] = this.#wrong();
      else if (code < 0x1_0000) units[length++] = code;
      else {
        units[length++] = 0xd7c0 + (code >> 10);
        units[length++] = 0xdc00 | (code & 0x3ff);
      }
    }
    return units.subarray(0, length);
  }
}

/** Returns the bounds of the second byte: no code point in more bytes than it needs, no surrogate, none above the last. */
function boundsAfter(lead: number): [number, number] {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  if (lead === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}
