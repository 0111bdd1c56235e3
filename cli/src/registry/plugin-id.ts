const ID = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/** Tells whether a text is the id of a plugin, as a manifest may have it. */
export function isPluginId(text: string): boolean {
  return text.length <= 128 && ID.test(text);
}
