import { Command } from 'commander';
import type { Io } from '../io.js';

const NOTES = `
The file is JSON or YAML (*.yaml, *.yml); its schema is abi/schema/host.schema.json. Paths in it are relative to it.

  folders      folders that plugins lie in; "@user" and "@system" are the usual ones of the user and the machine
  autoLoad     true, false, or patterns of ids such as "acme.*"
  plugins      by id or pattern: enabled, priority, version, config, grants, limits, isolation, update
  grants       what all plugins may reach
  limits       of all plugins; timeMs is 10 s where nothing is set
  store        folder that states are kept in: a plugin begins with its newest one
  supervise    restarts plugins that die: true, or healthMs, saveMs, mostRestarts, …
  live         follows the folders: true, or pollMs, rescanMs, ignore
  metrics      true: calls are counted and timed
  audit        file that gets a line for each load, denial, reload and request of an operator
  door         { unix: PATH } or { port, tokenFile }: for "wasm-plugin ps" and its like; none where it is not there
  trustedKeys, lockFile, sandbox, stopMs

A plugin that appears in a folder is built if it is source, and loaded; one that changes is reloaded with its state; one that
goes, or is renamed to "_x" or ".x", is unloaded. What is built is kept in .wasm-plugin/builds beside the file.

An edit of the file is taken up at once where that can be (folders, autoLoad, plugins, grants); for the rest it is said that
a new start is needed. A wrong edit changes nothing.

SIGINT and SIGTERM end it in order: each plugin is told to stop, and its state is stored. A second one ends it at once.

With --json each line is an object with "at" and "event": starting, running, stopping, stopped, built, configuration, setting,
needs-start, failed, door, request, and the events of the host: state, added, removed, problem, skipped, fallback, configured, denied, log,
swapped, reload, supervision, watch, life.

Examples:
  $ wasm-plugin host wasm-plugin.config.yaml
  $ wasm-plugin host wasm-plugin.config.json --json | jq -c 'select(.event == "state")'

Exit codes: 0 ended by a signal, 1 the configuration is wrong, 2 wrong usage.`;

const ENDS = ['SIGINT', 'SIGTERM'] as const;

/** `wasm-plugin host FILE`: runs a host of plugins. */
export function hostCommand(io: Io): Command {
  return new Command('host')
    .summary('run a host of plugins by a configuration, until it is stopped')
    .description('Runs a host of plugins: loads those in its folders, and follows what changes there.')
    .argument('<file>', 'the configuration: wasm-plugin.config.json or wasm-plugin.config.yaml')
    .option('--json', 'print one JSON object a line for each thing that happens')
    .addHelpText('after', NOTES)
    .action(async (file: string, { json = false }: { json?: boolean }) => {
      const stop = new AbortController();
      const end = (): void => {
        if (stop.signal.aborted) process.exit(1);
        stop.abort();
      };
      for (const signal of ENDS) process.on(signal, end);
      try {
        // Loaded here alone: no other verb needs what reads YAML.
        const { runHost } = await import('../host/index.js');
        await runHost(file, { stop: stop.signal, json }, io);
      } finally {
        for (const signal of ENDS) process.off(signal, end);
      }
    });
}
