import type { AnyPlugin } from './any-plugin.js';

/** The record `status` of `wasm-plugin:abi/player-types`. */
export interface PlayerStatus {
  readonly activity: 'empty' | 'playing' | 'paused' | 'ended';
  /** The number of the song that plays, which `load` returned; 0 if none. */
  readonly song: number;
  /** Frames that were played of it. */
  readonly position: bigint;
  /** 0 to 1. */
  readonly volume: number;
}

/** The resource `track` of `wasm-plugin:abi/audio-input`: the decoded audio of a song, from the host. */
export interface Track {
  sampleRateHz(): number;
  channels(): number;
  frames(): bigint | undefined;
  /** Channels of at most so many frames; empty ones if nothing is there yet, no channel at the end. */
  read(maxFrames: number): Float32Array[];
  /** False if the song cannot be entered there. */
  seek(frame: bigint): boolean;
}

/** The imports of the world `wasm-plugin:abi/player` that its host provides. */
export interface PlayerImports {
  readonly 'wasm-plugin:abi/audio-input': { readonly Track: new (...args: never) => Track };
  readonly 'wasm-plugin:abi/player-events': { changed(status: PlayerStatus): void };
}

/** The exports of the world `wasm-plugin:abi/player`, by their short names. */
export interface Player extends AnyPlugin {
  readonly playback: {
    load(song: Track): number;
    play(): void;
    pause(): void;
    next(): void;
    clear(): void;
    seek(frame: bigint): boolean;
    setVolume(volume: number): void;
    getStatus(): PlayerStatus;
    /** Two channels of so many frames. */
    render(frames: number): Float32Array[];
  };
}
