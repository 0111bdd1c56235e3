const ID = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/** Returns true if a text is a valid plugin id in a manifest. */
export function isPluginId(text: string): boolean {
  return text.length <= 128 && ID.test(text);
}
