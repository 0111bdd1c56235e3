import { describe, expect, it } from 'vitest';
import { callCli, repoFile, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();

const GREETER = repoFile('examples/plugins/greeter-rust/plugin.wasm');
const GREET = ['run', GREETER, '--export', 'greet'];

describe('wasm-plugin says what is wrong with its flags', () => {
  it.each([
    [['run', 'none.wasm'], 'Cannot read "none.wasm": there is no such file'],
    [
      ['run', GREETER, '--export', 'great'],
      'the component exports no such function\n hint: Did you mean "greet"?',
    ],
    [[...GREET, '--args', 'Ada'], 'Cannot use --args: it is no valid JSON'],
    [[...GREET, '--args', '[]'], 'Cannot use --args: it holds 0 arguments, the function takes 1 (name)'],
    [[...GREET, '--args', '[1]'], 'Cannot use argument "name": it is 1, wanted string'],
    [
      [...GREET, '--args', '["a", "b"]'],
      'Cannot use --args: it holds 2 arguments, the function takes 1 (name)',
    ],
    [[...GREET, '--memory', '5 potatoes'], 'or text such as "64 MiB" or "none", got "5 potatoes"'],
    [
      [...GREET, '--fuel', '-1'],
      'limits.fuel: wanted a number, 0 or more, or text such as "1e6" or "none", got "-1"',
    ],
    [[...GREET, '--grant', 'network'], 'Cannot use --grant "network": wanted one of log, config, clock'],
    [[...GREET, '--config', 'gain'], 'Cannot use --config "gain": wanted key=value'],
    [[...GREET, '--log-level', 'loud'], "argument 'loud' is invalid. Allowed choices are trace, debug"],
    [['inspect', 'none.wasm'], 'Cannot read "none.wasm": there is no such file'],
    [['types', 'none.wasm'], "required option '-o, --output <dir>' not specified"],
    [['types', 'none.wasm', '-o', 'types'], 'Cannot read "none.wasm": there is no such file'],
    [['list', 'no-such-folder'], 'Cannot read "no-such-folder": there is no such folder'],
    [['list', '.', '--load', '--grant', 'network'], 'Cannot use --grant "network": wanted one of log'],
    [['pack', 'no-such-folder'], 'Cannot read the plugin "no-such-folder": there is no such folder'],
    [['dev', 'no-such-folder'], 'no-such-folder": there is no such folder'],
    [['serve', 'plugin.wasm'], 'Cannot serve: say one of --stdio, --unix, --tcp'],
    [['state', 'show', 'no-such-file'], 'Cannot read "no-such-file": there is no such file'],
    [['explain', 'WP_NOTHING'], 'Cannot explain "WP_NOTHING": there is no such code\n hint: Is "WP_'],
    [['completion', 'csh'], "'csh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish."],
    [
      ['new', 'x'],
      'Cannot make a plugin: --language is not said\n hint: wasm-plugin new my-plugin --language assem',
    ],
    [
      ['new', 'Not A Name', '--language', 'rust'],
      'called "Not A Name": wanted words of small letters and digits',
    ],
    [
      ['new', 'x', '--language', 'python', '--world', 'audio-effect'],
      'of the world "audio-effect": there is no template\n hint: There is --world own, --world plugin',
    ],
    [['new', 'x', '--language', 'cobol'], "argument 'cobol' is invalid. Allowed choices are assemblyscript"],
    [['wit', 'build', 'no-such-folder'], "required option '-o, --output <file>' not specified"],
    [['wit', 'build', 'no-such-folder', '-o', 'w.wasm'], 'no-such-folder'],
    [['build', '--watched'], "unknown option '--watched'\n(Did you mean --watch?)"],
    [['build', 'no-such-folder'], 'Cannot read the plugin "no-such-folder": there is no such folder'],
    [['build', '.'], 'Cannot read the plugin ".": it has no file "plugin.json"'],
    [['test', '.', '--fuzz', '-3'], 'wanted a whole number'],
    [['test', '.', '--name', 'x', '--watch', '--json'], 'Cannot use --watch with --json: wanted one of them'],
    [['bild'], "unknown command 'bild'\n(Did you mean build?)"],
    [
      ['install', 'acme.eq'],
      'Cannot tell which registry is meant\n hint: Say --registry, or set WASM_PLUGIN_REGISTRY',
    ],
    [['install', 'Acme Eq'], 'wanted the id of a plugin such as "acme.eq", or "acme.eq@^1.2.0"'],
    [['install', 'acme.eq@latest'], '"latest" is no range of versions such as "1.2.0" or "^1.2.0"'],
    [['install', 'acme.eq', '-r', 'none'], 'there is no index.json in it; "wasm-plugin publish" makes one'],
    [
      ['install', 'acme.eq', '-r', 'ftp://x'],
      'the registry "ftp://x": wanted a folder, https://…, or oci://…',
    ],
    [
      ['publish', 'none.zip', '-r', 'none'],
      'Cannot read the plugin "none.zip": there is no such file or folder',
    ],
    [['publish', GREETER, '-r', 'none'], 'plugin.wasm": it is no zip file'],
    [['verify', GREETER, '-t', 'none.pub'], 'Cannot read "none.pub": there is no such file'],
    [['verify', GREETER, '-t', GREETER], 'plugin.wasm": wanted a file with a public key of minisign'],
    [
      ['sign', GREETER, '--key', GREETER],
      'it is not a secret key of minisign\n hint: Make one: wasm-plugin keygen',
    ],
    [
      ['yank', 'acme.eq', '-r', 'none', '--reason', 'x'],
      'wanted an id and a version such as "acme.eq@1.2.0"',
    ],
    [['uninstall', 'acme.eq'], 'Cannot uninstall "acme.eq": it is not installed in "plugins"'],
  ])('%j', async (args, says) => {
    const { code, stderr } = await callCli(args, { cwd: folder });
    expect(code).not.toBe(0);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
