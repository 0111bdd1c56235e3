import type { WitStructure, WitType } from '../world/index.js';
import { asType, isReference } from './as-type.js';
import type { BindingsFile, Context } from './context.js';
import { camelNames, pascalNames } from './names.js';

/** Writes the class or enum that a named type is in AssemblyScript. */
export function declareType(writer: BindingsFile, type: WitStructure): void {
  const { context } = writer;
  const name = context.typeName(type);
  if (type.kind === 'record') writer.add(recordClass(writer, type));
  else if (type.kind === 'variant') writer.add(variantClass(writer, type));
  else {
    const members = pascalNames(type.names).map((member, i) => {
      const value = type.kind === 'flags' ? ` = ${(2 ** i) | 0}` : '';
      return `${memberDoc(context, type, type.names[i]!)}  ${member}${value},\n`;
    });
    writer.add(`${context.doc(type.owner, type.name)}${enumOf(name, members)}`);
  }
}

/** The doc comment of a field, case or flag. */
function memberDoc(context: Context, type: WitStructure, member: string, indent = '  '): string {
  return context.doc(type.owner, `${type.name}.${member}`, { indent });
}

function enumOf(name: string, members: string[]): string {
  return `export enum ${name} {\n${members.join('')}}\n`;
}

function recordClass(writer: BindingsFile, type: WitStructure & { kind: 'record' }): string {
  const { context } = writer;
  const names = camelNames(type.fields.map(({ name }) => name));
  const lines = type.fields.map(
    (field, i) =>
      `${memberDoc(context, type, field.name, '    ')}    public ${names[i]}: ${asType(writer, field.type)},\n`,
  );
  return `${context.doc(type.owner, type.name)}export class ${context.typeName(type)} {\n  constructor(\n${lines.join('')}  ) {}\n}\n`;
}

function variantClass(writer: BindingsFile, variant: WitStructure & { kind: 'variant' }): string {
  const { context } = writer;
  const name = context.typeName(variant);
  const tag = context.namesOf(variant.owner).derived(variant);
  const cases = variant.cases.map((item) => item.name);
  const [functions, tags] = [camelNames(cases), pascalNames(cases)];
  const members = variant.cases.map(({ type }, i) =>
    variantCase(
      { owner: name, made: functions[i]!, pascal: tags[i]!, tag: `${tag}.${tags[i]}` },
      type,
      (type) => asType(writer, type),
    ),
  );
  const doc = context.doc(variant.owner, variant.name, {
    more: 'Made by the static function of a case; `tag` says which case it is.',
  });
  const tagLines = tags.map((tag, i) => `${memberDoc(context, variant, cases[i]!)}  ${tag},\n`);
  return `${enumOf(tag, tagLines)}
${doc}export class ${name} {
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
