const { Instance } = WebAssembly;

/**
 * Refuses instances of core modules as Chromium does it on a page's main thread above 8 MB, whatever their size; until the
 * result is called. What the engine instantiates for itself has imports with a prototype, or none, and goes through.
 */
export function refuseInstances(): () => void {
  const refusing = function refuse(module: WebAssembly.Module, imports?: WebAssembly.Imports): object {
    if (imports === undefined || Object.getPrototypeOf(imports) !== null)
      return new Instance(module, imports);
    throw new RangeError(
      'WebAssembly.Instance is disallowed on the main thread, if the buffer size is larger than 8MB.',
    );
  };
  refusing.prototype = Instance.prototype;
  WebAssembly.Instance = refusing as unknown as typeof Instance;
  return () => void (WebAssembly.Instance = Instance);
}
