import type { AudioDescriptor } from '@wasm-plugin/abi';

/** Lists the deviations of a descriptor from the rules of `wasm-plugin:abi/audio-types`. */
export function descriptorProblems({ ports, parameters }: AudioDescriptor): string[] {
  const problems: string[] = [];
  if (ports.length === 0) problems.push('it has no ports, wanted at least one');
  const seen = new Set<string>();
  ports.forEach(({ name, direction, channels }, index) => {
    const port = `the ${direction} "${name}"`;
    if (seen.size === seen.add(`${direction} ${name}`).size) problems.push(`${port} is there twice`);
    if (channels < 1 || channels > 64) problems.push(`${port} has ${channels} channels, wanted 1 to 64`);
    if (direction === 'input' && ports[index - 1]?.direction === 'output')
      problems.push(`${port} stands behind an output, wanted inputs first`);
  });
  const ids = new Set<number>();
  for (const { id, name, min, max, default: start, choices, flags } of parameters) {
    const parameter = `the parameter ${id} "${name}"`;
    if (ids.size === ids.add(id).size) problems.push(`${parameter} has the id of another one`);
    if (!Number.isFinite(min) || !Number.isFinite(max) || max < min)
      problems.push(`${parameter} goes from ${min} to ${max}, wanted finite numbers, the least first`);
    if (!(start >= min && start <= max))
      problems.push(`${parameter} begins with ${start}, wanted ${min} to ${max}`);
    if (flags.logarithmic === true && min <= 0)
      problems.push(`${parameter} is logarithmic and begins at ${min}, wanted more than 0`);
    if (choices.length > 0 && choices.length !== max - min + 1)
      problems.push(`${parameter} has ${choices.length} choices for the values ${min} to ${max}`);
  }
  return problems;
}
