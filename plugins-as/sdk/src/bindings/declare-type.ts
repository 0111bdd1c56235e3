import type { WitStructure, WitType } from '../world/index.js';
import { asType, isReference } from './as-type.js';
import type { Context } from './context.js';
import type { ModuleWriter } from './module-writer.js';
import { camelNames, pascalNames } from './names.js';

/** Writes the class or enum that a named type is in AssemblyScript. */
export function declareType(context: Context, writer: ModuleWriter, type: WitStructure): void {
  const name = context.typeName(type);
  if (type.kind === 'record') writer.add(recordClass(context, writer, type));
  else if (type.kind === 'variant') writer.add(variantClass(context, writer, type));
  else if (type.kind === 'enum') writer.add(enumOf(name, pascalNames(type.names)));
  else {
    const members = pascalNames(type.names).map((flag, bit) => `${flag} = ${(2 ** bit) | 0}`);
    writer.add(enumOf(name, members));
  }
}

function enumOf(name: string, members: string[]): string {
  return `export enum ${name} {\n${members.map((member) => `  ${member},\n`).join('')}}\n`;
}

function recordClass(
  context: Context,
  writer: ModuleWriter,
  type: WitStructure & { kind: 'record' },
): string {
  const names = camelNames(type.fields.map(({ name }) => name));
  const lines = type.fields.map(
    (field, i) => `    public ${names[i]}: ${asType(context, writer, field.type)},\n`,
  );
  return `export class ${context.typeName(type)} {\n  constructor(\n${lines.join('')}  ) {}\n}\n`;
}

function variantClass(
  context: Context,
  writer: ModuleWriter,
  variant: WitStructure & { kind: 'variant' },
): string {
  const name = context.typeName(variant);
  const tag = context.namesOf(variant.owner).derived(variant);
  const cases = variant.cases.map((item) => item.name);
  const [functions, tags] = [camelNames(cases), pascalNames(cases)];
  const members = variant.cases.map(({ type }, i) =>
    variantCase(
      { owner: name, made: functions[i]!, pascal: tags[i]!, tag: `${tag}.${tags[i]}` },
      type,
      (type) => asType(context, writer, type),
    ),
  );
  return `${enumOf(tag, tags)}
/** Made by the static function of a case; \`tag\` says which case it is. */
export class ${name} {
  private constructor(readonly tag: ${tag}) {}
${members.join('')}}
`;
}

interface CaseNames {
  /** The class. */
  owner: string;
  /** The function that makes the case. */
  made: string;
  pascal: string;
  tag: string;
}

function variantCase(
  { owner, made, pascal, tag }: CaseNames,
  type: WitType | undefined,
  asTypeOf: (type: WitType) => string,
): string {
  const make = `new ${owner}(${tag})`;
  if (type === undefined) {
    return `\n  static ${made}(): ${owner} {\n    return ${make};\n  }\n`;
  }
  const payload = asTypeOf(type);
  const field = `payload${pascal}`;
  const nullable = payload.endsWith('| null');
  const declared = isReference(type) && !nullable ? `${payload} | null` : payload;
  const initial = type.kind === 'bool' ? 'false' : isReference(type) ? 'null' : '0';
  return `
  private ${field}: ${declared} = ${initial};

  static ${made}(value: ${payload}): ${owner} {
    const made = ${make};
    made.${field} = value;
    return made;
  }

  /** Only if \`tag\` is \`${tag}\`. */
  get as${pascal}(): ${payload} {
    return this.${field}${declared === payload ? '' : '!'};
  }
`;
}
