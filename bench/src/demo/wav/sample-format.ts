/** Formats of samples in a WAV file: unsigned or signed integers, or floats. */
export type SampleFormat = 'u8' | 's16' | 's24' | 's32' | 'f32' | 'f64';

/** Size of a sample in a format, and its reader and writer. */
interface Layout {
  bytes: number;
  read(view: DataView, at: number, littleEndian: boolean): number;
  write(view: DataView, at: number, sample: { value: number; littleEndian: boolean }): void;
}

/** Every format; integers stand for -1 to 1. */
export const FORMATS: Record<SampleFormat, Layout> = {
  u8: {
    bytes: 1,
    read: (view, at) => (view.getUint8(at) - 128) / 128,
    write: (view, at, { value }) => view.setUint8(at, integer(value, 128) + 128),
  },
  s16: {
    bytes: 2,
    read: (view, at, littleEndian) => view.getInt16(at, littleEndian) / 0x8000,
    write: (view, at, { value, littleEndian }) => view.setInt16(at, integer(value, 0x8000), littleEndian),
  },
  s24: {
    bytes: 3,
    read: (view, at, littleEndian) =>
      ((view.getInt8(littleEndian ? at + 2 : at) << 16) |
        (view.getUint8(at + 1) << 8) |
        view.getUint8(littleEndian ? at : at + 2)) /
      0x80_0000,
    write(view, at, { value, littleEndian }) {
      const whole = integer(value, 0x80_0000);
      view.setUint8(littleEndian ? at : at + 2, whole & 0xff);
      view.setUint8(at + 1, (whole >> 8) & 0xff);
      view.setUint8(littleEndian ? at + 2 : at, (whole >> 16) & 0xff);
    },
  },
  s32: {
    bytes: 4,
    read: (view, at, littleEndian) => view.getInt32(at, littleEndian) / 0x8000_0000,
    write: (view, at, { value, littleEndian }) =>
      view.setInt32(at, integer(value, 0x8000_0000), littleEndian),
  },
  f32: {
    bytes: 4,
    read: (view, at, littleEndian) => view.getFloat32(at, littleEndian),
    write: (view, at, { value, littleEndian }) => view.setFloat32(at, value, littleEndian),
  },
  f64: {
    bytes: 8,
    read: (view, at, littleEndian) => view.getFloat64(at, littleEndian),
    write: (view, at, { value, littleEndian }) => view.setFloat64(at, value, littleEndian),
  },
};

/** The nearest integer in the range of a format; a louder sample is clipped. */
function integer(value: number, scale: number): number {
  return Math.max(-scale, Math.min(scale - 1, Math.round(value * scale)));
}
