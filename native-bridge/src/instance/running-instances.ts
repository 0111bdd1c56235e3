import type { CarrierInstance, CarrierInstantiateOptions } from '@wasm-plugin/abi';

/** The instances of one plugin that neither died nor were closed. */
export class RunningInstances<Instance extends CarrierInstance> {
  readonly #running = new Set<Instance>();

  /** Starts an instance, and keeps it until it ends. */
  async start(
    given: CarrierInstantiateOptions,
    start: (given: CarrierInstantiateOptions) => Promise<Instance>,
  ): Promise<Instance> {
    let started: Instance | undefined;
    const instance = await start({
      ...given,
      onEnd: () => {
        if (started !== undefined) this.#running.delete(started);
        given.onEnd?.();
      },
    });
    started = instance;
    if (instance.state === 'ready') this.#running.add(instance);
    return instance;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running].map((instance) => instance.close()));
  }
}
