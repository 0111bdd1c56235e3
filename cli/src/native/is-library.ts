/** First bytes of the native libraries of Linux, macOS (64 bits, or of several processors) and Windows. */
const MAGIC = [
  [0x7f, 0x45, 0x4c, 0x46],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe],
  [0x4d, 0x5a],
];

/** Returns true if a file is a native library, by its first bytes. */
export function isLibrary(bytes: Uint8Array): boolean {
  return MAGIC.some((magic) => magic.every((byte, index) => bytes[index] === byte));
}
