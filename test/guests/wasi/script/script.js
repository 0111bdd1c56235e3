/** Tries what it is told, through the globals of JavaScript or an interface of WASI, and says what came of it. */
import environment from 'wasi:cli/environment@0.2.0';
import stdin from 'wasi:cli/stdin@0.2.0';
import stdout from 'wasi:cli/stdout@0.2.0';
import monotonicClock from 'wasi:clocks/monotonic-clock@0.2.0';
import preopens from 'wasi:filesystem/preopens@0.2.0';
import random from 'wasi:random/random@0.2.0';

const VERBS = {
  sort: (...words) => words.sort().join(' '),
  env: (name) => find(environment.getEnvironment(), name),
  date: () => String(Math.floor(Date.now() / 1000)),
  elapsed: () => {
    const start = monotonicClock.now();
    return String(monotonicClock.now() - start);
  },
  random: () => hex(random.getRandomBytes(8)),
  print: (content) => {
    stdout.getStdout().blockingWriteAndFlush(bytes(content));
    return 'done';
  },
  input: () => text(stdin.getStdin().blockingRead(100)),
  read: (path) => text(opened(path, {}, { read: true }).read(1000, 0)[0]),
  write: (path, content) => {
    opened(path, { create: true, truncate: true }, { write: true }).write(bytes(content), 0);
    return 'done';
  },
};

export function attempt([verb, ...words]) {
  const act = VERBS[verb];
  if (act === undefined) throw `nobody knows ${verb}`;
  try {
    return act(...words);
  } catch (error) {
    throw String(error?.payload?.tag ?? error?.payload ?? error?.tag ?? error?.message ?? error);
  }
}

function find(variables, name) {
  const found = variables.find(([each]) => each === name);
  if (found === undefined) throw 'not set';
  return found[1];
}

function opened(path, openFlags, flags) {
  for (const [folder, name] of preopens.getDirectories()) {
    if (name !== '/' && path !== name && !path.startsWith(`${name}/`)) continue;
    return folder.openAt(
      { symlinkFollow: true },
      path.slice(name.length).replace(/^\//, ''),
      openFlags,
      flags,
    );
  }
  throw 'no folder';
}

function hex(list) {
  return [...list].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function text(list) {
  return String.fromCharCode(...list);
}

function bytes(content) {
  return [...content].map((char) => char.charCodeAt(0));
}
