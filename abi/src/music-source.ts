import type { AnyPlugin } from './any-plugin.js';

/** The record `song` of `wasm-plugin:abi/music-types`. */
export interface Song {
  /** Stable, and unique in its source. */
  readonly id: string;
  readonly title: string;
  /** The first is the main one. Empty if unknown. */
  readonly artists: readonly string[];
  readonly album?: string;
  /** Absent for a stream without an end, and where it is unknown. */
  readonly durationMs?: number;
  /** The address of a picture, `https:` or `data:`. */
  readonly artwork?: string;
}

/** The record `playlist` of `wasm-plugin:abi/music-types`. */
export interface Playlist {
  /** Stable, and unique in its source. */
  readonly id: string;
  readonly name: string;
  /** Number of songs, if known. */
  readonly songs?: number;
}

/** The record `page` of `wasm-plugin:abi/music-types`: a part of a long list. */
export interface Page {
  readonly offset: number;
  /** At least 1. */
  readonly limit: number;
}

/** The choice between small and good. */
export type Quality = 'low' | 'normal' | 'high' | 'lossless';

/** The payload of a `GuestError` of a music source. */
export type MusicError =
  | { readonly tag: 'not-found'; readonly val: string }
  | { readonly tag: 'login-required' }
  | { readonly tag: 'unsupported' }
  | { readonly tag: 'unavailable'; readonly val: string };

/** The record `source` of `wasm-plugin:abi/catalog`. */
export interface SourceDescription {
  readonly name: string;
  readonly features: Readonly<Record<'search' | 'playlists' | 'lyrics' | 'login', boolean>>;
  /** Worst first. At least one. */
  readonly qualities: readonly Quality[];
}

/** The record `location` of `wasm-plugin:abi/catalog`. */
export interface SongLocation {
  /** `https:`, `file:`, or a path below a granted folder. */
  readonly url: string;
  /** The media type, e.g. `audio/flac`. */
  readonly mediaType: string;
  readonly quality: Quality;
  /** Milliseconds for which the address is good; absent if it does not expire. */
  readonly validMs?: number;
}

/** The record `lyrics-line` of `wasm-plugin:abi/catalog`. */
export interface LyricsLine {
  /** Milliseconds from the beginning; absent if the text has no times. */
  readonly atMs?: number;
  readonly text: string;
}

/** The exports of the world `wasm-plugin:abi/music-source`, by their short names. Functions may throw a `GuestError`. */
export interface MusicSource extends AnyPlugin {
  readonly catalog: {
    describe(): SourceDescription;
    search(text: string, page: Page): Song[];
    playlists(page: Page): Playlist[];
    songsOf(playlist: string, page: Page): Song[];
    getSong(id: string): Song;
    locate(id: string, quality: Quality): SongLocation;
    lyrics(id: string): LyricsLine[];
    login(fields: readonly (readonly [name: string, value: string])[]): void;
  };
}
