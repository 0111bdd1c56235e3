const registry = new FinalizationRegistry<() => void>((run) => run());

/**
 * Runs a function once none of these buffers can be reached any more. A caller may keep a view of native memory for as long as it
 * likes: to free the memory under it would let JavaScript write where something else is by then.
 */
export function onceUnreachable(buffers: readonly ArrayBuffer[], run: () => void): void {
  let left = buffers.length;
  const oneLess = (): void => {
    if (--left === 0) run();
  };
  for (const buffer of buffers) registry.register(buffer, oneLess);
}
