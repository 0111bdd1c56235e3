/** Returns the name of a parameter as the key of a setting, which has small letters, digits and "-" alone: `room-size` of "Room Size". */
export function settingKey(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
