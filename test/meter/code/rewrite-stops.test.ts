import { describe, expect, it } from 'vitest';
import { RewriteStops } from '../../../engine/src/meter/code/rewrite-stops.js';
import { codeOf } from './code-of.js';

describe('RewriteStops', () => {
  it('moves the cursor to each place in turn, and says what lies before it costs', async () => {
    const { cursor, start } = await codeOf('(module (func nop (i32.const 1) drop (return)))');
    const stops = new RewriteStops(3);
    stops.clear();
    stops.add(start + 1, 5);
    stops.add(start + 4, 6);
    expect([stops.advance(cursor), cursor.op, cursor.at]).toEqual([5, 0x41, start + 1]);
    expect([stops.advance(cursor), cursor.op, cursor.at]).toEqual([6, 0x0f, start + 4]);
    stops.next = 0;
    stops.skipTo(start + 2);
    expect(stops.next).toBe(1);
    stops.skipTo(start + 100);
    expect(stops.next).toBe(2);
    stops.clear();
    expect(stops.next).toBe(0);
    stops.skipTo(start + 100);
    expect(stops.next).toBe(0);
  });
});
