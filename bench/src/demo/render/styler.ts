import { styleText } from 'node:util';

/** Styles a text, or leaves it as it is if that would only be noise. */
export type Styler = (style: Parameters<typeof styleText>[0], text: string) => string;

/** Makes the styler for a stream: colours are for terminals. */
export function styler(stream: { isTTY?: boolean }): Styler {
  const colored = stream.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
  return colored ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
}
