import { openPlugin } from '@wasm-plugin/abi/package';
import { createVerifier } from '@wasm-plugin/abi/trust';
import { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { Io } from '../io.js';
import { lockFileOption, readTrustedKeys, trustedKeyOption } from '../keys/index.js';
import { readManifest } from '../pack/index.js';
import { formatCount, printable } from '../terminal/index.js';

const NOTES = `
Every file is read and held against SHA256SUMS, and that against the signature. A host with the same keys does so at each
load: createPluginHost({ trustedKeys: [key], lockFile }).

Examples:
  $ wasm-plugin verify acme.eq-1.2.0.plugin.zip --trusted-key acme.pub
  $ wasm-plugin verify plugins/acme.eq-1.2.0.plugin.zip --lock-file plugins/.wasm-plugin-lock.json

Exit codes: 0 it is what was signed or installed, 1 it is not, 2 wrong usage.`;

interface VerifyOptions {
  trustedKey?: string[];
  lockFile?: string;
  json?: boolean;
}

/** `wasm-plugin verify PLUGIN`: compares a plugin with its signature. */
export function verifyCommand(io: Io): Command {
  return new Command('verify')
    .summary('check the signature of a plugin and every file of it')
    .description('Checks that a plugin is what somebody who is trusted signed, or what was installed.')
    .argument('<plugin>', 'a packed plugin, or the folder of one')
    .addOption(trustedKeyOption())
    .addOption(lockFileOption())
    .option('--json', 'print one JSON object')
    .addHelpText('after', NOTES)
    .action(async (path: string, { trustedKey, lockFile, json = false }: VerifyOptions) => {
      const verify = createVerifier({ trustedKeys: readTrustedKeys(trustedKey), lockFile });
      if (verify === undefined)
        throw new CliError('Cannot verify: neither --trusted-key nor --lock-file is given', {
          exitCode: 2,
          hint: 'wasm-plugin verify PLUGIN --trusted-key author.pub',
        });
      const files = await verify(await openPlugin(path));
      const paths = await files.list();
      for (const each of paths) await files.read(each);
      const { id, version } = await readManifest(files);
      const { signer, sha256 } = files;
      if (json)
        io.json({
          id,
          version,
          files: paths,
          sha256,
          keyId: signer?.keyId ?? null,
          comment: signer?.comment ?? null,
        });
      else {
        const by =
          signer === undefined ? '' : `, signed with the key ${signer.keyId} (${printable(signer.comment)})`;
        io.out(
          `${io.style('green', '✓')} ${id} ${version}: ${formatCount(paths.length, 'file')} as listed${by}\n`,
        );
      }
    });
}
