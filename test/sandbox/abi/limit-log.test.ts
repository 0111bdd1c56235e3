import { createSandbox, limitLog, type LogLevel } from '@wasm-plugin/engine/sandbox';
import { describe, expect, it } from 'vitest';

type Line = [level: LogLevel, message: string];

/** A log that keeps its lines, and a clock that stands until it is moved. */
function setUp() {
  const lines: Line[] = [];
  let ms = 0;
  return {
    lines,
    sink: (level: LogLevel, message: string) => void lines.push([level, message]),
    now: () => ms,
    pass: (more: number) => void (ms += more),
  };
}

const DROPPED: Line = ['warn', 'lines are dropped: at most 2 a second are allowed'];

describe('limitLog()', () => {
  it('drops lines over the limit, says so once in a second, and hears of each', () => {
    const { lines, sink, now, pass } = setUp();
    let dropped = 0;
    const log = limitLog(sink, { linesPerSecond: 2, now, onDropped: () => dropped++ });
    for (const message of ['1', '2', '3', '4']) log('info', message);
    expect(lines).toEqual([['info', '1'], ['info', '2'], DROPPED]);
    pass(999);
    log('error', '5');
    expect([lines.length, dropped]).toEqual([3, 3]);
    pass(1);
    for (const message of ['6', '7', '8']) log('info', message);
    expect(lines.slice(3)).toEqual([['info', '6'], ['info', '7'], DROPPED]);
    expect(dropped).toBe(4);
  });

  it('counts the lines of a message, and cuts it', () => {
    const { lines, sink, now, pass } = setUp();
    const log = limitLog(sink, { linesPerSecond: 2, now });
    log('info', 'one\ntwo');
    log('info', 'three');
    expect(lines.splice(0)).toEqual([['info', 'one\ntwo'], DROPPED]);
    pass(1000);
    log('info', 'one\ntwo\nthree');
    log('info', 'four');
    expect(lines.splice(0)).toEqual([DROPPED]);
    pass(1000);
    log('info', 'x'.repeat(2 ** 20));
    expect(lines[0]?.[1]).toHaveLength(16 * 1024 + 1);
  });

  it('does not count lines below its level', () => {
    const { lines, sink, now } = setUp();
    const log = limitLog(sink, { linesPerSecond: 1, now, level: 'warn' });
    for (let line = 0; line < 10; line++) log('info', 'noise');
    log('error', 'heard');
    expect(lines).toEqual([['error', 'heard']]);
  });
});

describe('createSandbox() with logLinesPerSecond', () => {
  it.each(['the log', 'the sandbox'])('takes the time from the clock of %s', (whose) => {
    const { lines, sink, now, pass } = setUp();
    const { imports } = createSandbox({
      permissions: ['log'],
      grants: ['log'],
      log: whose === 'the log' ? { sink, now } : { sink },
      ...(whose === 'the sandbox' && {
        clock: { monotonicNs: () => BigInt(now()) * 1_000_000n, wallNs: () => 0n },
      }),
      limits: { logLinesPerSecond: 2 },
    });
    const { log } = imports['wasm-plugin:abi/log'] as { log: (level: LogLevel, message: string) => void };
    for (let second = 0; second < 3; second++) {
      for (let line = 0; line < 100; line++) log('info', `${second}`);
      expect(lines.splice(0)).toEqual([['info', `${second}`], ['info', `${second}`], DROPPED]);
      pass(1000);
    }
  });

  it('refuses a level that there is not, also where nothing more gets through', () => {
    const { sink, now } = setUp();
    const { imports } = createSandbox({
      permissions: ['log'],
      grants: ['log'],
      log: { sink, now },
      limits: { logLinesPerSecond: 0 },
    });
    const { log } = imports['wasm-plugin:abi/log'] as { log: (level: string, message: string) => void };
    expect(() => log('loud', 'hello')).toThrow(TypeError);
  });
});
