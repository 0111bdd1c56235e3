/**
 * Hashes the files and folders that something is built from: their names and contents, in the order of their names.
 *
 * Line ends count as one character, so that a checkout with CRLF has the same hash.
 */
export declare function sourceHash(inputs: readonly string[]): string;
/** The hash of a file's bytes. */
export declare function fileHash(file: string): string;
