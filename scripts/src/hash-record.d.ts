import { type Guest } from './guests.js';
/** What is written down about a built guest. */
export interface HashRecord {
    /** Hash of what it was built from. */
    sources: string;
    /** Hash of the component. */
    output: string;
    /** The compiler, by name and version. Another one may make other bytes from the same sources. */
    toolchain: string;
}
/** Reads what was written down when `guest` was last built. */
export declare function readHashRecord(guest: Guest): HashRecord | undefined;
/** Writes down what `guest` was built from and what came out. */
export declare function writeHashRecord(guest: Guest, toolchain: string): void;
