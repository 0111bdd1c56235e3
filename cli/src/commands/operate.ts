import { Command } from 'commander';
import type { Io } from '../io.js';
import { printable } from '../terminal/index.js';

const CODES = 'Exit codes: 0 done, 1 the host does not run, or refuses, 2 wrong usage.';

interface Options {
  file?: string;
  json?: boolean;
}

/** Description of a verb that asks a running host something. */
interface Verb {
  readonly name: string;
  readonly summary: string;
  readonly about: string;
  /** Words that may follow, as commander writes them. */
  readonly argument?: string;
  readonly example: string;
  readonly method: 'GET' | 'POST';
  path(plugin: string | undefined): string;
  /** Text of an answer, for people. */
  text(answer: never, own: { io: Io; plugin: string | undefined }): string | Promise<string>;
}

const of = (plugin: string | undefined, what: string): string =>
  `/plugins/${encodeURIComponent(plugin ?? '')}/${what}`;

const said =
  (done: string) =>
  (_: never, { plugin = '' }: { plugin: string | undefined }): string =>
    `${printable(plugin)} ${done}\n`;

/** The module with the rendering is loaded by the verbs that run: no other needs it. */
const door = () => import('../door/index.js');

const VERBS: readonly Verb[] = [
  {
    name: 'ps',
    summary: 'show the plugins of a running host',
    about: 'Shows the plugins of a running host: version, state, memory, and the error of what does not run.',
    example: 'ps',
    method: 'GET',
    path: () => '/plugins',
    text: async (rows, { io }) => (await door()).renderPlugins(rows, io),
  },
  {
    name: 'start',
    summary: 'start a plugin of a running host',
    about: 'Starts a plugin that was stopped, did not start, or is in quarantine.',
    argument: '<plugin>',
    example: 'start acme.eq',
    method: 'POST',
    path: (plugin) => of(plugin, 'start'),
    text: said('runs'),
  },
  {
    name: 'stop',
    summary: 'stop a plugin of a running host',
    about:
      'Stops a plugin: its state is stored, and nothing loads it until "start" or the next start of the host.',
    argument: '<plugin>',
    example: 'stop acme.eq',
    method: 'POST',
    path: (plugin) => of(plugin, 'stop'),
    text: said('is stopped'),
  },
  {
    name: 'reload',
    summary: 'put a fresh instance of a plugin into a running host, with its state',
    about:
      'Replaces the instance of a plugin by a fresh one of the same version, which takes its state over.',
    argument: '<plugin>',
    example: 'reload acme.eq',
    method: 'POST',
    path: (plugin) => of(plugin, 'reload'),
    text: said('is reloaded'),
  },
  {
    name: 'rollback',
    summary: 'bring back the version of a plugin that ran before its last reload',
    about: 'Brings back the version that ran before the last reload, as long as that is not confirmed.',
    argument: '<plugin>',
    example: 'rollback acme.eq',
    method: 'POST',
    path: (plugin) => of(plugin, 'rollback'),
    text: said('is back in the version before'),
  },
  {
    name: 'health',
    summary: 'ask a plugin of a running host for its health, and diagnose it',
    about:
      'Asks a plugin whether it can do its work. --json has limits, last errors, events, log lines and advice.',
    argument: '<plugin>',
    example: 'health acme.eq --json',
    method: 'POST',
    path: (plugin) => of(plugin, 'health'),
    text: (
      answer: { healthy: boolean; reason?: string; diagnosis: { advice: string[] } },
      { plugin = '' },
    ) => {
      const { healthy, reason = '', diagnosis } = answer;
      const state = healthy ? 'is healthy' : `is not healthy: ${printable(reason)}`;
      return [
        `${printable(plugin)} ${state}`,
        ...diagnosis.advice.map((line) => `  ${printable(line)}`),
        '',
      ].join('\n');
    },
  },
  {
    name: 'logs',
    summary: 'show the last log lines of the plugins of a running host',
    about: 'Shows the last log lines of a plugin, or of all.',
    argument: '[plugin]',
    example: 'logs acme.eq',
    method: 'GET',
    path: (plugin) => (plugin === undefined ? '/logs' : of(plugin, 'logs')),
    text: async (lines) => (await door()).renderLogs(lines),
  },
  {
    name: 'history',
    summary: 'show the reloads of a running host',
    about: 'Shows which versions came, by whom, and how that ended.',
    argument: '[plugin]',
    example: 'history',
    method: 'GET',
    path: (plugin) => (plugin === undefined ? '/history' : of(plugin, 'history')),
    text: async (rows, { io }) => (await door()).renderHistory(rows, io),
  },
  {
    name: 'top',
    summary: 'show which plugins of a running host take the most time',
    about:
      'Shows calls, errors, time and memory of each plugin. Calls are counted with "metrics": true in the configuration.',
    example: 'top',
    method: 'GET',
    path: () => '/metrics.json',
    text: async (rows, { io }) => (await door()).renderTop(rows, io),
  },
];

/** Makers of the verbs that ask a running host: `ps`, `start`, `stop`, `reload`, `rollback`, `health`, `logs`, `history`, `top`. */
export const OPERATE_COMMANDS = VERBS.map((verb) => (io: Io) => operateCommand(verb, io));

function operateCommand(verb: Verb, io: Io): Command {
  const { name, summary, about, argument, example } = verb;
  const command = new Command(name)
    .summary(summary)
    .description(about)
    .option('-f, --file <config>', 'the configuration of the host; it names its "door"')
    .option('--json', 'print one JSON value');
  if (argument !== undefined) command.argument(argument, 'the id of a plugin');
  const act = async (plugin: string | undefined, { file, json = false }: Options): Promise<void> => {
    const { askHost, findDoor } = await door();
    const answer = await askHost(await findDoor(file), verb.method, verb.path(plugin));
    if (json) io.json(answer);
    else io.out(await verb.text(answer as never, { io, plugin }));
  };
  const notes = `
The host is that of "wasm-plugin host FILE", with "door" in its configuration: by default the wasm-plugin.config.yaml or
wasm-plugin.config.json in this folder.

Examples:
  $ wasm-plugin ${example}

${CODES}`;
  return command
    .addHelpText('after', notes)
    .action((first: string | Options | undefined, second: Options) =>
      argument === undefined ? act(undefined, first as Options) : act(first as string | undefined, second),
    );
}
