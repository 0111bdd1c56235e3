import { createEngine, type Plugin } from '@wasm-plugin/engine';
import {
  describeError,
  failed,
  PASSED,
  type CaseOutcome,
  type CaseResult,
} from '../../conformance/suite/index.js';
import { composeGuests, guestBytes, LANGUAGES, type Language } from './guests.js';
import { SCENARIOS } from './host-runner.js';
import { hostSubject } from './host-subject.js';

const BACKENDS = ['generated', 'composed'] as const;

/** Scenarios in which a guest stands between. */
export const WITH_MIDDLE = ['results', 'resource-import-and-export'];

/** A caller and a callee, each the host or a guest. */
interface Pairing {
  name: string;
  /** The guest, or several in one component. */
  bytes: () => Uint8Array;
  /** True if the guest calls; else the host does. */
  runs: boolean;
  /** True if the host provides the imports of the guest. */
  isProvided: boolean;
  /** The scenarios that are for it, where not all are. */
  only?: readonly string[];
}

function pairings(): Pairing[] {
  const each = (make: (language: Language) => Pairing[]): Pairing[] => LANGUAGES.flatMap(make);
  return [
    ...each((language) => [
      {
        name: `host calls ${language}`,
        bytes: () => guestBytes('subject', language),
        runs: false,
        isProvided: false,
      },
      {
        name: `${language} calls host`,
        bytes: () => guestBytes('runner', language),
        runs: true,
        isProvided: true,
      },
      {
        name: `host calls ${language} calls host`,
        bytes: () => guestBytes('middle', language),
        runs: false,
        isProvided: true,
        only: WITH_MIDDLE,
      },
    ]),
    ...each((runner) => each((subject) => together(runner, subject))),
  ];
}

/** Guests in one component; the same with one in between. */
function together(runner: Language, subject: Language): Pairing[] {
  const common = { runs: true, isProvided: false };
  return [
    { ...common, name: `${runner} calls ${subject}`, bytes: () => composeGuests(runner, subject) },
    {
      ...common,
      name: `${runner} calls ${subject} calls ${runner}`,
      bytes: () => composeGuests(runner, runner, subject),
      only: WITH_MIDDLE,
    },
  ];
}

/**
 * Runs the scenarios of wit-bindgen's runtime tests, by name: each pair of host and guests, in both backends of the engine, each
 * in an instance of its own.
 */
export async function runScenarios(selects: (name: string) => boolean): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const pairing of pairings()) {
    const names = Object.keys(SCENARIOS).filter(
      (scenario) =>
        pairing.only?.includes(scenario) !== false && selects(`scenarios/${scenario}/${pairing.name}`),
    );
    if (names.length === 0) continue;
    const plugins = await Promise.all(BACKENDS.map((backend) => loaded(pairing, backend)));
    for (const scenario of names) {
      const outcome = outcomeOf(() => {
        for (const plugin of plugins) run(scenario, plugin, pairing);
      });
      results.push({ folder: 'scenarios', case: `scenarios/${scenario}/${pairing.name}`, ...outcome });
    }
  }
  return results;
}

function loaded({ bytes, isProvided }: Pairing, backend: (typeof BACKENDS)[number]): Promise<Plugin> {
  return createEngine({ backend, ...(isProvided && { imports: hostSubject() as never }) }).load(bytes());
}

function run(scenario: string, plugin: Plugin, { runs }: Pairing): void {
  const exports = plugin.instantiate().exports as unknown as { run(scenario: string): void };
  if (!runs) return SCENARIOS[scenario]!(exports);
  try {
    exports.run(scenario);
  } catch (error) {
    if (!Object.hasOwn(error as object, 'payload')) throw error;
    throw new Error(`the check "${(error as { payload: string }).payload}" failed`, { cause: error });
  }
}

function outcomeOf(check: () => void): CaseOutcome {
  try {
    check();
    return PASSED;
  } catch (error) {
    return failed(describeError(error));
  }
}
