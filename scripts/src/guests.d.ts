/** The root of the checkout. */
export declare const ROOT: string;
/** A guest whose component is checked in. Paths are relative to the root and use `/`. */
export interface Guest {
    name: string;
    language: 'rust' | 'assemblyscript';
    /** The folder of the WIT package with its world. */
    wit: string;
    world: string;
    /** The component that is built. */
    output: string;
    /** Every file and folder that the component is made from, beside the toolchain. */
    inputs: readonly string[];
}
/** Every guest of the project. */
export declare const GUESTS: readonly Guest[];
