/** WIT's names: words of letters and digits with hyphens between. A stranger's may be anything else. */
const KEBAB = /^[a-zA-Z][a-zA-Z0-9]*(?:-[a-zA-Z0-9]+)*$/;

/** Returns the words of a name in WIT. @throws {TypeError} it is none */
function words(name: string): string[] {
  if (name.length > 200 || !KEBAB.test(name))
    throw new TypeError(`Cannot write ${JSON.stringify(name)} in protobuf: it is no name of WIT`);
  return name.toLowerCase().split('-');
}

/** Returns the name of a field: `sample-rate` is `sample_rate`. */
export function snakeCase(name: string): string {
  return words(name).join('_');
}

/** Returns the name of a message or a method: `set-parameter` is `SetParameter`. */
export function pascalCase(name: string): string {
  return words(name)
    .map((word) => (word[0] as string).toUpperCase() + word.slice(1))
    .join('');
}

/** Returns the name of an enum's value. */
export function upperCase(name: string): string {
  return words(name).join('_').toUpperCase();
}

/** Names of a WIT interface's functions in protobuf. */
export interface ServiceName {
  readonly package: string;
  readonly service: string;
}

/**
 * Returns where an interface is: `acme:counter/counting@1.2.0` is the service `Counting` in the package `acme.counter.v1`. Versions
 * that fit each other have one package: `v1` for 1.x, `v0_2` for 0.2.x. Functions of the world itself are the service `World` in
 * the package of the plugin's id.
 * @throws {TypeError} it is no name of an interface
 */
export function serviceNameOf(group: string, plugin: string): ServiceName {
  if (group === '') return { package: plugin.split('.').map(snakeCase).join('.'), service: 'World' };
  const [, path = '', name = '', version] = /^([^/@]+)\/([^/@]+)(?:@(.+))?$/.exec(group) ?? [];
  const parts = path.split(':').map(snakeCase);
  const [, major, minor] = /^(\d+)\.(\d+)\.\d+/.exec(version ?? '') ?? [];
  if (major !== undefined) parts.push(major === '0' ? `v0_${String(minor)}` : `v${major}`);
  return { package: parts.join('.'), service: pascalCase(name) };
}
