import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { CliError } from '../cli-error.js';
import { writeWhole } from '../files/index.js';
import type { Io } from '../io.js';
import { askPassword, makeKeyFiles, PASSWORD_VARIABLE } from '../keys/index.js';

const NOTES = `
Both files are those of minisign, so "minisign" and "wasm-plugin" can use the same keys. The secret key is locked with a
password: that in ${PASSWORD_VARIABLE}, or one that is asked for. Who has the secret key and its password can sign as you.

Examples:
  $ wasm-plugin keygen
  $ wasm-plugin keygen -o keys/acme
  $ wasm-plugin keygen --no-password -o ci

Exit codes: 0 done, 1 a file is there already or cannot be written, 2 wrong usage.`;

/** `wasm-plugin keygen`: a key pair to sign with. */
export function keygenCommand(io: Io): Command {
  return new Command('keygen')
    .summary('make a key pair to sign plugins with')
    .description('Makes a key pair: NAME.key, which stays secret, and NAME.pub, which hosts and users trust.')
    .option('-o, --output <name>', 'how the two files begin', 'wasm-plugin')
    .option('--no-password', 'do not lock the secret key')
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(
      async ({ output, password, json = false }: { output: string; password: boolean; json?: boolean }) => {
        const [secretFile, publicFile] = [`${output}.key`, `${output}.pub`];
        for (const path of [secretFile, publicFile]) {
          if (existsSync(path))
            throw new CliError(`Cannot make a key: there is a file "${path}" already`, {
              hint: 'Give the new one another name with -o',
            });
        }
        const chosen = password ? await askPassword('A password for the secret key', io) : '';
        if (password && chosen === '')
          throw new CliError('Cannot make a key: the password is empty', {
            exitCode: 2,
            hint: 'Or say --no-password',
          });
        const files = await makeKeyFiles(chosen);
        writeWhole(secretFile, files.secret, 0o600);
        writeWhole(publicFile, files.public);
        const key = files.public.split('\n')[1];
        if (json) io.json({ id: files.id, publicKey: key, publicFile, secretFile });
        else
          io.out(
            `${io.style('green', '✓')} key ${files.id}\n  ${secretFile}  keep it secret\n  ${publicFile}  give it to those who are to trust it\n`,
          );
      },
    );
}
