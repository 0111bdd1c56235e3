import { statSync } from 'node:fs';
import { Command } from 'commander';
import { fileError, readInput } from '../component/index.js';
import type { Io } from '../io.js';
import { askPassword, PASSWORD_VARIABLE, readSecretKey, signArchive, signFolder } from '../keys/index.js';

const NOTES = `
Signed is SHA256SUMS, which lists every file of the plugin with its SHA-256, so the manifest and the component together.
The signature goes into the plugin, as SHA256SUMS.minisig; "minisign -Vm SHA256SUMS -p acme.pub" checks it too.

In a folder, what "wasm-plugin pack" would take is listed. A file that changes later makes the signature worthless.
The password of the key is that in ${PASSWORD_VARIABLE}, or asked for.

Examples:
  $ wasm-plugin sign acme.eq-1.2.0.plugin.zip --key acme.key
  $ wasm-plugin sign eq --key acme.key

Exit codes: 0 done, 1 it is no plugin or no key, or the password is wrong, 2 wrong usage.`;

/** `wasm-plugin sign PLUGIN`: a signature over all that is in a plugin. */
export function signCommand(io: Io): Command {
  return new Command('sign')
    .summary('sign a plugin')
    .description('Signs a plugin, so that hosts that trust the key take it, and notice each change to it.')
    .argument('<plugin>', 'a packed plugin, or the folder of one')
    .requiredOption('-k, --key <file>', 'the secret key: of "wasm-plugin keygen" or of minisign')
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(async (path: string, { key: keyFile, json = false }: { key: string; json?: boolean }) => {
      const key = await readSecretKey(new TextDecoder().decode(readInput(keyFile)), {
        source: keyFile,
        password: () => askPassword(`The password of ${keyFile}`, io),
      });
      const { id, version, sha256 } = isFolder(path)
        ? await signFolder(path, key)
        : await signArchive(path, key);
      if (json) io.json({ id, version, keyId: key.id, sha256, file: path });
      else io.out(`${io.style('green', '✓')} ${id} ${version}, signed with the key ${key.id}\n`);
    });
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw fileError('sign', path, error);
  }
}
