import type { WitStructure, WitType } from '../world/index.js';
import { asType, isReference } from './as-type.js';
import type { Context } from './context.js';
import type { ModuleWriter } from './module-writer.js';
import { camelCase, pascalCase } from './names.js';

/** Writes the class or enum that a named type is in AssemblyScript. */
export function declareType(context: Context, writer: ModuleWriter, type: WitStructure): void {
  const name = pascalCase(type.name);
  if (type.kind === 'record') writer.add(recordClass(context, writer, name, type));
  else if (type.kind === 'variant') writer.add(variantClass(context, writer, name, type));
  else if (type.kind === 'enum') writer.add(enumOf(name, type.names.map(pascalCase)));
  else
    writer.add(
      enumOf(
        name,
        type.names.map((flag, bit) => `${pascalCase(flag)} = ${(2 ** bit) | 0}`),
      ),
    );
}

function enumOf(name: string, members: string[]): string {
  return `export enum ${name} {\n${members.map((member) => `  ${member},\n`).join('')}}\n`;
}

function recordClass(
  context: Context,
  writer: ModuleWriter,
  name: string,
  { fields }: WitStructure & { kind: 'record' },
): string {
  const lines = fields.map(
    (field) => `    public ${camelCase(field.name)}: ${asType(context, writer, field.type)},\n`,
  );
  return `export class ${name} {\n  constructor(\n${lines.join('')}  ) {}\n}\n`;
}

function variantClass(
  context: Context,
  writer: ModuleWriter,
  name: string,
  { cases }: WitStructure & { kind: 'variant' },
): string {
  const members = cases.map((item) => variantCase(context, writer, name, item));
  return `${enumOf(
    `${name}Tag`,
    cases.map((item) => pascalCase(item.name)),
  )}
/** Made by the static function of a case; \`tag\` says which case it is. */
export class ${name} {
  private constructor(readonly tag: ${name}Tag) {}
${members.join('')}}
`;
}

function variantCase(
  context: Context,
  writer: ModuleWriter,
  owner: string,
  { name, type }: { name: string; type: WitType | undefined },
): string {
  const make = `new ${owner}(${owner}Tag.${pascalCase(name)})`;
  if (type === undefined) {
    return `\n  static ${camelCase(name)}(): ${owner} {\n    return ${make};\n  }\n`;
  }
  const payload = asType(context, writer, type);
  const field = `payload${pascalCase(name)}`;
  const nullable = payload.endsWith('| null');
  const declared = isReference(type) && !nullable ? `${payload} | null` : payload;
  const initial =
    type.kind === 'bool' ? 'false' : isReference(type) && (nullable || declared !== payload) ? 'null' : '0';
  return `
  private ${field}: ${declared} = ${initial};

  static ${camelCase(name)}(value: ${payload}): ${owner} {
    const made = ${make};
    made.${field} = value;
    return made;
  }

  /** Only if \`tag\` is \`${owner}Tag.${pascalCase(name)}\`. */
  get as${pascalCase(name)}(): ${payload} {
    return this.${field}${declared === payload ? '' : '!'};
  }
`;
}
