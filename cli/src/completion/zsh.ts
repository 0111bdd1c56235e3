import { walk, type CompletionNode, type CompletionOption } from './command-tree.js';

/** Writes the completion of a program for zsh: one function for each command. */
export function zshCompletion(root: CompletionNode): string {
  const functions = [...walk(root)].map(({ node, path }) => functionOf(node, path));
  return `#compdef ${root.name}
# Completion of ${root.name} for zsh. Put this into ~/.zshrc, after compinit:
#   source <(${root.name} completion zsh)

${functions.join('\n')}
compdef ${functionName([])} ${root.name}
`;
}

function functionOf({ commands, options }: CompletionNode, path: readonly string[]): string {
  const lines = options.map((option) => `    ${quoted(specOf(option))}`);
  if (commands.length === 0) {
    return `${functionName(path)}() {
  _arguments -s -S \\
${[...lines, "    '*:file:_files'"].join(' \\\n')}
}
`;
  }
  const names = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const cases = commands.map(({ name }) => `    ${name}) ${functionName([...path, name])} ;;`);
  return `${functionName(path)}() {
  local -a commands
  commands=(
${names.join('\n')}
  )
  _arguments -C \\
${[...lines, "    '1:command:->command'", "    '*::argument:->argument'"].join(' \\\n')}
  case $state in
  command) _describe command commands ;;
  argument)
    case $words[1] in
${cases.join('\n')}
    esac
    ;;
  esac
}
`;
}

function functionName(path: readonly string[]): string {
  return ['_wasm_plugin', ...path.map((each) => each.replaceAll('-', '_'))].join('_');
}

function specOf({ long, short, summary, takesValue, choices }: CompletionOption): string {
  const names = short === undefined ? long : `(${short} ${long})'{${short},${long}}'`;
  const value = !takesValue ? '' : choices.length > 0 ? `:value:(${choices.join(' ')})` : ':value:_files';
  return `${names}[${summary.replaceAll(/[[\]]/g, '')}]${value}`;
}

/** Words in single quotes; if a brace is to be expanded, they end and begin again. */
function quoted(text: string): string {
  const [, names, rest] = /^(\([^)]*\)'\{[^}]*\}')(.*)$/s.exec(text) ?? [];
  const escape = (each: string): string => each.replaceAll("'", String.raw`'\''`);
  return names === undefined ? `'${escape(text)}'` : `'${names}${escape(rest ?? '')}'`;
}
