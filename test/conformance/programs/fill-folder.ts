import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'a.txt': 'hello\nworld\n',
  empty: '',
  'bytes.bin': Uint8Array.from({ length: 1000 }, (_, at) => (at * 7) & 0xff),
  'data.csv': 'name,one,two\nAda,1.5,2\n"Grace, H",3,4.25\n',
  'data.json': '{"a":[1,2.5,null,true],"ü":{"nested":"\\u00e9"},"big":12345678901234567890}',
  'page.md': '# Title\n\nSome *text* with `code` and a [link](https://example.com).\n\n- one\n- two\n',
  'drawing.txt': '+------+   +------+\n| one  |-->| two  |\n+------+   +------+\n',
  'lines.txt': Array.from({ length: 2000 }, (_, at) => `line ${at} of ${(at * 7919) % 2000}\n`).join(''),
  'text.gz': gzipSync('compressed text\n'.repeat(5000)),
  '.gitignore': '*.log\nbuild/\n',
  'noise.log': 'ignored',
  'build/out.o': 'ignored',
  'sub/b.txt': 'below\n',
  'sub/deep/c.rs': 'fn main() {}\n',
  'sub/deep/ümlaut.txt': 'name\n',
};

/** Empties a folder and fills it with the files of every case. */
export function fillFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, content] of Object.entries(FILES)) {
    const file = join(folder, name);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
    utimesSync(file, 1_600_000_000, 1_600_000_000);
  }
  for (const [target, name] of [
    ['sub/b.txt', 'link'],
    ['../a.txt', 'sub/up'],
    ['sub', 'folder-link'],
    ['missing', 'dangling'],
    ['loop', 'loop'],
  ] as const)
    symlinkSync(target, join(folder, name));
}
