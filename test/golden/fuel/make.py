"""Asks wasmtime 50.0.1 for fuel numbers and writes them down.

usage: make.py cases <cases.wat> <out.json>
       make.py modules <folder of .wasm> <out.json> [count of minima]
       make.py kernels <folder of .wasm> <out.json>

Each call runs in a fresh store and instance. Written down are the fuel a call used, how it ended, and (for the first
calls) the least fuel with which it ends the same way, found by bisection. A name that ends in .gz is written packed.
"""

import base64
import gzip
import hashlib
import importlib.metadata
import json
import os
import pathlib
import sys

import wasmtime

VERSION = importlib.metadata.version("wasmtime")
assert VERSION == "50.0.1", VERSION

AMPLE = 300_000
KERNEL_AMPLE = 1_000_000_000
# Recurse deeper than the stack of V8 allows before the fuel is used up.
TOO_DEEP = {"2929"}
# Modules that wasmtime counts wrongly: only what to call is written down, for the reference meter.
FOR_REFERENCE = "-reference"
ARGUMENTS = [[0, 1, 2, 3, 5, 17, 130, 250], [7, 1, 0, 4, 2, 9, 100, 3]]


def config():
    config = wasmtime.Config()
    config.consume_fuel = True
    config.max_wasm_stack = 256 * 1024
    for feature in ["wasm_memory64", "wasm_multi_memory", "wasm_relaxed_simd", "wasm_tail_call", "wasm_gc",
                    "wasm_function_references", "wasm_exceptions", "wasm_wide_arithmetic", "wasm_threads"]:
        setattr(config, feature, True)
    return config


ENGINE = wasmtime.Engine(config())


def describe(values):
    if values is None:
        return []
    listed = values if isinstance(values, list) else [values]
    return [value if isinstance(value, int) else None for value in listed]


def run(module, name, arguments, fuel):
    """Returns how the call ended, and the fuel it used."""
    store = wasmtime.Store(ENGINE)
    store.set_fuel(10_000_000)
    instance = wasmtime.Instance(store, module, [])
    store.set_fuel(fuel)
    function = instance.exports(store)[name]
    try:
        results = describe(function(store, *arguments))
        end = "ok"
    except wasmtime.Trap as trap:
        results = []
        end = "fuel" if "fuel" in trap.message else "stack" if "stack" in trap.message else "trap"
    except wasmtime.WasmtimeError as error:
        text = str(error)
        results = []
        end = "fuel" if "fuel" in text else "exception" if "exception" in text else "trap"
    return end, fuel - store.get_fuel(), results


def minimum(module, name, arguments, end, ample=AMPLE):
    low, high = 0, ample
    while low < high:
        middle = (low + high) // 2
        if run(module, name, arguments, middle)[0] == end:
            high = middle
        else:
            low = middle + 1
    return low


def value(kind, number):
    text = str(kind)
    if text in ("i32", "i64"):
        return number
    if text in ("f32", "f64"):
        return float(number)
    return None


def calls_of(module, minima, judges=True):
    calls = []
    for export in module.exports:
        kind = export.type
        if not isinstance(kind, wasmtime.FuncType):
            continue
        if any(str(t) not in ("i32", "i64", "f32", "f64") for t in kind.params):
            continue
        if any(str(t) == "v128" for t in kind.results):
            continue
        rows = []
        if len(kind.params) == 0:
            rows.append([])
        else:
            for shift in range(len(ARGUMENTS[0]) if minima else 2):
                row = [value(p, ARGUMENTS[i % 2][(shift + i) % 8]) for i, p in enumerate(kind.params)]
                if row not in rows:
                    rows.append(row)
        for row in rows:
            if not judges:
                calls.append({"name": export.name, "arguments": row})
                continue
            end, fuel, results = run(module, export.name, row, AMPLE)
            if end == "stack":
                continue
            call = {"name": export.name, "arguments": row, "end": end, "fuel": fuel, "results": results}
            if minima and end != "fuel":
                call["minimum"] = minimum(module, export.name, row, end)
            calls.append(call)
    return calls


def entry(name, binary, minima):
    try:
        module = wasmtime.Module(ENGINE, binary)
        calls = calls_of(module, minima, not name.endswith(FOR_REFERENCE))
    except (wasmtime.WasmtimeError, wasmtime.Trap) as error:
        print("left out", name, str(error).split("\n")[0], file=sys.stderr)
        return None
    if not calls:
        return None
    return {"name": name, "module": base64.b64encode(binary).decode(), "calls": calls}


def apart(path, minima):
    """Runs a module in a process of its own: the wheel aborts on exported types that its C interface lacks."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with os.fdopen(writer, "w") as pipe:
            json.dump(entry(path.stem, path.read_bytes(), minima), pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else None


def kernels(path):
    """The kernels of the fuel suite: each takes how often to run. Only the numbers are written down."""
    binary = path.read_bytes()
    module = wasmtime.Module(ENGINE, binary)
    calls = []
    for export in module.exports:
        if not isinstance(export.type, wasmtime.FuncType):
            continue
        for times in [1, 4]:
            end, fuel, results = run(module, export.name, [times], KERNEL_AMPLE)
            least = minimum(module, export.name, [times], end, fuel + 100_000) if times == 1 else None
            call = {"name": export.name, "arguments": [times], "end": end, "fuel": fuel, "results": results}
            calls.append(call if least is None else {**call, "minimum": least})
    return {"name": path.stem, "sha256": hashlib.sha256(binary).hexdigest(), "calls": calls}


def main():
    mode, source, target = sys.argv[1:4]
    entries = []
    if mode == "kernels":
        entries = [kernels(path) for path in sorted(pathlib.Path(source).glob("*.wasm"))]
    elif mode == "cases":
        for part in pathlib.Path(source).read_text().split(";;; ")[1:]:
            name, text = part.split("\n", 1)
            entries.append(entry(name, bytes(wasmtime.wat2wasm(text)), True))
    else:
        minima = int(sys.argv[4]) if len(sys.argv) > 4 else 0
        files = sorted(pathlib.Path(source).glob("*.wasm"), key=lambda path: int(path.stem.split("-")[0]))
        files = [path for path in files if path.stem not in TOO_DEEP]
        for number, path in enumerate(files):
            entries.append(apart(path, number < minima))
    entries = [e for e in entries if e]
    lines = ",\n".join(json.dumps(e, separators=(",", ":")) for e in entries)
    written = ("[\n" + lines + "\n]\n").encode()
    # Without a time of writing: the same numbers are the same file.
    pathlib.Path(target).write_bytes(gzip.compress(written, 9, mtime=0) if target.endswith(".gz") else written)
    print(len(entries), "modules", sum(len(e["calls"]) for e in entries), "calls")


main()
