/** The part of `vitest/node` that is used. */
interface VitestNode {
  startVitest(
    mode: 'test',
    filters: readonly string[],
    options: Readonly<Record<string, unknown>>,
  ): Promise<Vitest>;
}

interface Vitest {
  globTestSpecifications(filters: readonly string[]): Promise<unknown[]>;
  rerunTestSpecifications(specifications: unknown[], isAll: boolean): Promise<unknown>;
  shouldKeepServer(): boolean;
  exit(): Promise<void>;
}

/** Arguments of the process, as JSON. */
export interface VitestRequest {
  /** The address of the plugin's own `vitest/node`. */
  module: string;
  filters: readonly string[];
  options: Readonly<Record<string, unknown>>;
}

/** The process that the tests of a plugin run in. Its exit code is 0 if all have passed. */
const { module, filters, options } = JSON.parse(process.argv[2] as string) as VitestRequest;
const { startVitest } = (await import(module)) as VitestNode;
const vitest = await startVitest('test', filters, options);
if (!vitest.shouldKeepServer()) await vitest.exit();
// Each message announces a new component. Vitest watches only the files that tests import.
let ran: Promise<unknown> = Promise.resolve();
process.on('message', () => {
  ran = ran.then(async () =>
    vitest.rerunTestSpecifications(await vitest.globTestSpecifications(filters), true),
  );
});
