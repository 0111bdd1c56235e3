import { Enums, Models, Serialize, Spec, SPDX } from '@cyclonedx/cyclonedx-library';
import type { Manifest } from '@wasm-plugin/abi/manifest';
import type { SourcePackage } from './read-lock-files.js';

/** The name of the bill of materials in a packed plugin. */
export const SBOM_FILE = 'sbom.cdx.json';

/** Input of a bill of materials. */
export interface SbomFacts {
  readonly manifest: Manifest;
  /** The SHA-256 of each file of the plugin, by path. */
  readonly sums: ReadonlyMap<string, string>;
  readonly packages: readonly SourcePackage[];
}

/**
 * Writes a bill of materials: CycloneDX 1.6, as JSON. It has the plugin, its files with checksums, the plugins that it needs,
 * and the packages that lock files name. The same facts give the same text, so it has neither a date nor a serial number.
 */
export function sbomText({ manifest, sums, packages }: SbomFacts): string {
  const { id, name, version, description, author, license, dependencies } = manifest;
  const licenses = new Models.LicenseRepository();
  if (license !== undefined) licenses.add(licenseFrom(license));
  const plugin = new Models.Component(Enums.ComponentType.Application, id, {
    bomRef: `${id}@${version}`,
    version,
    description: description === '' ? name : description,
    ...(author !== undefined && { author }),
    licenses,
  });
  const bom = new Models.Bom();
  bom.metadata.component = plugin;
  const add = (component: Models.Component): void => {
    bom.components.add(component);
    plugin.dependencies.add(component.bomRef);
  };
  for (const [path, sum] of sums) {
    const hashes = new Models.HashDictionary([[Enums.HashAlgorithm['SHA-256'], sum]]);
    plugin.components.add(
      new Models.Component(Enums.ComponentType.File, path, { bomRef: `file:${path}`, hashes }),
    );
  }
  for (const { id: needed, range, optional } of dependencies) {
    const scope = optional ? Enums.ComponentScope.Optional : Enums.ComponentScope.Required;
    add(
      new Models.Component(Enums.ComponentType.Application, needed, {
        bomRef: `plugin:${needed}`,
        version: range,
        scope,
      }),
    );
  }
  for (const { ecosystem, name: packageName, version: packageVersion, sha256 } of packages) {
    const purl = `pkg:${ecosystem}/${packageName.replace('@', '%40')}@${encodeURIComponent(packageVersion)}`;
    const hashes = new Models.HashDictionary(
      sha256 === undefined ? [] : [[Enums.HashAlgorithm['SHA-256'], sha256]],
    );
    add(
      new Models.Component(Enums.ComponentType.Library, packageName, {
        bomRef: purl,
        version: packageVersion,
        purl,
        hashes,
      }),
    );
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

/** An SPDX id, or an expression of several; anything else is a name. */
function licenseFrom(license: string): Models.License {
  if (/ (?:AND|OR|WITH) /.test(license)) return new Models.LicenseExpression(license);
  const spdx = SPDX.fixupSpdxId(license);
  return spdx === undefined ? new Models.NamedLicense(license) : new Models.SpdxLicense(spdx);
}
