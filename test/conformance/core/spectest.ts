/** Makes the module `spectest`, which the scripts import from: new for each script, since its parts have state. */
export function createSpectest(): WebAssembly.ModuleImports {
  return {
    print: ignore,
    print_i32: ignore,
    print_i64: ignore,
    print_f32: ignore,
    print_f64: ignore,
    print_i32_f32: ignore,
    print_f64_f64: ignore,
    global_i32: global('i32', 666),
    global_i64: global('i64', 666n),
    global_f32: global('f32', Math.fround(666.6)),
    global_f64: global('f64', 666.6),
    table: new WebAssembly.Table({ element: 'anyfunc', initial: 10, maximum: 20 }),
    memory: new WebAssembly.Memory({ initial: 1, maximum: 2 }),
    shared_memory: new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true }),
    ...table64(),
  };
}

function global(value: 'i32' | 'i64' | 'f32' | 'f64', content: number | bigint): WebAssembly.Global {
  return new WebAssembly.Global({ value, mutable: false }, content as never);
}

function ignore(): void {}

/** A table with 64-bit indices, where V8 has them. */
function table64(): WebAssembly.ModuleImports {
  try {
    const descriptor = { element: 'anyfunc', address: 'i64', initial: 10n, maximum: 20n };
    return { table64: new WebAssembly.Table(descriptor as never) };
  } catch {
    return {};
  }
}
