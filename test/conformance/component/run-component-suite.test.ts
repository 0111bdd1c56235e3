import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ComponentTarget } from './component-target.js';
import { engineTarget } from './engine-target.js';
import { runComponentSuite } from './run-component-suite.js';

const COMPONENT = `(component definition $C
  (core module $m
    (func (export "one") (result i32) (i32.const 1))
    (func (export "trap") unreachable))
  (core instance $i (instantiate $m))
  (func (export "the-one") (result u32) (canon lift (core func $i "one")))
  (func (export "trap") (canon lift (core func $i "trap"))))
(component instance $c $C)`;

let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'component-'));
  await mkdir(join(data, 'component/a'), { recursive: true });
  vi.stubEnv('WASM_PLUGIN_CONFORMANCE', data);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(data, { recursive: true });
});

/** Runs one script; returns how its cases ended. */
async function endings(script: string, ...targets: ComponentTarget[]): Promise<string[]> {
  await writeFile(join(data, 'component/a/script.wast'), script);
  const results = await runComponentSuite(targets);
  return results.map((result) => result.outcome);
}

/** A target that refuses everything for a feature. */
function refuse(feature: string): ComponentTarget {
  return {
    ...engineTarget('composed'),
    compile: async () => {
      throw new Error(feature);
    },
    classify: () => ({ kind: 'unsupported', feature, message: feature }),
  };
}

describe('runComponentSuite()', () => {
  test.each([
    ['passed', 'the right result', '(assert_return (invoke $c "the-one") (u32.const 1))'],
    ['failed', 'another result', '(assert_return (invoke $c "the-one") (u32.const 2))'],
    ['failed', 'no result', '(assert_return (invoke $c "the-one"))'],
    ['passed', 'a trap', '(assert_trap (invoke $c "trap") "unreachable")'],
    ['failed', 'a result for a trap', '(assert_trap (invoke $c "the-one") "unreachable")'],
    ['failed', 'a trap for a result', '(assert_return (invoke $c "trap"))'],
    ['failed', 'a missing export', '(assert_trap (invoke $c "nothing") "unreachable")'],
    ['failed', 'a missing instance', '(invoke $d "the-one")'],
    ['passed', 'an invalid component', '(assert_invalid (component (export "a" (func 3))) "out of bounds")'],
    ['failed', 'a valid component that should not be', '(assert_invalid (component) "out of bounds")'],
    ['failed', 'a malformed component', '(component binary "\\00asm")'],
    ['skipped', 'a feature beyond Preview 2', '(component (type (list error-context)))'],
    ['skipped', 'a text without bytes', '(assert_malformed (component quote "(nothing)") "unexpected")'],
    ['failed', 'an unknown directive', '(assert_nothing)'],
  ])('counts as %s: %s', async (outcome, _, directive) => {
    expect(await endings(`${COMPONENT} ${directive}`, engineTarget('composed'))).toEqual([
      'passed',
      'passed',
      outcome,
    ]);
  });

  test('fails what one of the targets fails', async () => {
    const broken: ComponentTarget = {
      ...engineTarget('composed'),
      invoke: async () => 7,
    };
    const script = `${COMPONENT} (assert_return (invoke "the-one") (u32.const 1))`;
    expect(await endings(script, engineTarget('composed'), broken)).toEqual(['passed', 'passed', 'failed']);
  });

  test('takes only features beyond Preview 2 as a reason to skip', async () => {
    expect(await endings('(component)', refuse('the type record'))).toEqual(['failed']);
    expect(await endings('(component)', refuse('the type future'))).toEqual(['skipped']);
  });
});
