import { walk, type CompletionNode } from './command-tree.js';

/** Writes the completion of a program for fish: one line for each word. */
export function fishCompletion(root: CompletionNode): string {
  const lines: string[] = [];
  for (const { node, path } of walk(root)) {
    const condition = `-n ${quoted(`__wasm_plugin_at ${path.join(' ')}`.trim())}`;
    for (const { name, summary } of node.commands)
      lines.push(`complete -c ${root.name} ${condition} -f -a ${name} -d ${quoted(summary)}`);
    for (const { long, short, summary, takesValue, choices } of node.options) {
      const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue ? ' -r' : '';
      const letter = short === undefined ? '' : ` -s ${short.slice(1)}`;
      lines.push(
        `complete -c ${root.name} ${condition} -l ${long.slice(2)}${letter}${value} -d ${quoted(summary)}`,
      );
    }
  }
  const groups = [...walk(root)].filter(({ node }) => node.commands.length > 0);
  const inner = groups.filter(({ path }) => path.length > 0).map(({ path }) => path.join(' '));
  return `# Completion of ${root.name} for fish. Put it where fish looks for it:
#   ${root.name} completion fish > ~/.config/fish/completions/${root.name}.fish

# Whether the words before the cursor lead to a command, and not to one in it.
function __wasm_plugin_at
  set -l words (commandline -opc | string match -v -- '-*')[2..-1]
  set -l path $words[1]
  contains -- "$path" ${inner.map(quoted).join(' ') || "''"}; and set path $words[1..2]
  test "$path" = "$argv"
end

${lines.join('\n')}
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
