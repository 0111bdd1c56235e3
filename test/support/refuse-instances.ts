const { Instance } = WebAssembly;

/**
 * Until its result is called, refuses instances of core modules as Chromium does on a page's main thread above 8 MB, of any
 * size. Instances of the engine's own, whose imports have a prototype or are absent, are allowed.
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
