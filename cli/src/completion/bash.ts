import { walk, type CompletionNode } from './command-tree.js';

/** Writes the completion of a program for bash: words by the commands before the cursor, files if nothing else fits. */
export function bashCompletion(root: CompletionNode): string {
  const name = root.name;
  const paths = [...walk(root)];
  const known = paths.filter(({ path }) => path.length > 0).map(({ path }) => `"${path.join(' ')}"`);
  const words = paths.map(({ node, path }) => {
    const all = [...node.commands.map((each) => each.name), ...node.options.map(({ long }) => long)];
    return `    "${path.join(' ')}") words="${all.join(' ')}" ;;`;
  });
  const values = paths.flatMap(({ node, path }) =>
    node.options
      .filter(({ choices }) => choices.length > 0)
      .flatMap(({ long, short, choices }) =>
        [long, ...(short === undefined ? [] : [short])].map(
          (option) => `    "${path.join(' ')} ${option}") words="${choices.join(' ')}" ;;`,
        ),
      ),
  );
  return `# Completion of ${name} for bash. Put this into ~/.bashrc:
#   source <(${name} completion bash)
_wasm_plugin() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" path="" next="" words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    next="\${path:+$path }\${COMP_WORDS[i]}"
    case "$next" in
    ${known.join(' | ')}) path="$next" ;;
    esac
  done
  case "$path $before" in
${values.join('\n')}
  esac
  if [ -z "$words" ]; then
    case "$path" in
${words.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  if [ "\${#COMPREPLY[@]}" = 0 ]; then COMPREPLY=($(compgen -f -- "$word")); fi
}
complete -o filenames -F _wasm_plugin ${name}
`;
}
