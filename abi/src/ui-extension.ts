import type { AnyPlugin } from './any-plugin.js';

/** The record `slider` of `wasm-plugin:abi/views`. */
export interface ViewSlider {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
}

/** The kind of an element, with what it shows. */
export type ViewContent =
  | { readonly tag: 'column' | 'row' }
  | { readonly tag: 'heading' | 'text' | 'button'; readonly val: string }
  /** An address, and a text for those who do not see it; a label, and the text that is in it. */
  | { readonly tag: 'picture' | 'field'; readonly val: readonly [string, string] }
  | { readonly tag: 'toggle'; readonly val: readonly [label: string, isOn: boolean] }
  | { readonly tag: 'slider'; readonly val: ViewSlider }
  | { readonly tag: 'progress'; readonly val: number };

/** The record `element` of `wasm-plugin:abi/views`. */
export interface ViewElement {
  /** The name in `act`; empty for what takes no input. */
  readonly id: string;
  readonly content: ViewContent;
  /** Number of elements right after this one that are inside it, with all that are inside those. */
  readonly inside: number;
}

/** The record `menu-item` of `wasm-plugin:abi/views`. */
export interface ViewMenuItem {
  readonly id: string;
  readonly label: string;
  /** A key to press with Ctrl or ⌘. */
  readonly key?: string;
}

/** The record `theme` of `wasm-plugin:abi/views`: colours, each as `#rrggbb`. */
export interface ViewTheme {
  readonly name: string;
  readonly background: string;
  readonly text: string;
  readonly accent: string;
}

/** The action of a user. */
export type ViewInput =
  | { readonly tag: 'pressed' }
  | { readonly tag: 'toggled'; readonly val: boolean }
  | { readonly tag: 'moved'; readonly val: number }
  | { readonly tag: 'typed'; readonly val: string };

/** The payload of a `GuestError` of a view. */
export type ViewError =
  | { readonly tag: 'not-found'; readonly val: string }
  | { readonly tag: 'wrong-input' }
  | { readonly tag: 'failed'; readonly val: string };

/** The exports of the world `wasm-plugin:abi/ui-extension`, by their short names. Functions may throw a `GuestError`. */
export interface UiExtension extends AnyPlugin {
  readonly views: {
    getViews(): { readonly id: string; readonly title: string }[];
    getMenu(): ViewMenuItem[];
    getThemes(): ViewTheme[];
    draw(view: string): ViewElement[];
    /** Returns the views that look different now. */
    act(view: string, element: string, input: ViewInput): string[];
    /** Returns the view to open, if any. */
    choose(item: string): string | undefined;
  };
}
