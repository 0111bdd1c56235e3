import type { Io } from '../io.js';
import { formatCount, printable } from '../terminal/index.js';
import type { Installed } from './install.js';

/** Prints the result of an installation. Notices of authors about a version go to stderr. */
export function renderInstalled({ installed, removed, notices }: Installed, folder: string, io: Io): void {
  for (const { id, version, advice } of notices)
    io.err(`${io.styleErr('yellow', 'note:')} ${printable(`${id} ${version} ${advice}`)}\n`);
  const lines = [
    ...installed.map(({ id, version, from }) => {
      const before = from === undefined || from === version ? '' : ` (was ${from})`;
      return `${io.style('green', '+')} ${id} ${version}${before}`;
    }),
    ...removed.map(({ id, version }) => `${io.style('red', '-')} ${id} ${version}`),
  ];
  const counts = [
    ...(installed.length > 0 ? [`${formatCount(installed.length, 'plugin')} installed`] : []),
    ...(removed.length > 0 ? [`${formatCount(removed.length, 'plugin')} removed`] : []),
  ];
  const summary = counts.length === 0 ? 'Nothing to do' : counts.join(', ');
  io.out(`${[...lines, `${summary} in ${folder}`].join('\n')}\n`);
}
