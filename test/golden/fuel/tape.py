"""A tape of calls (see record-sqlite.mjs), and wasmtime 50.0.1 with a host that answers as the tape has it."""

import base64
import hashlib
import importlib.metadata
import json
import pathlib
import time

import wasmtime

VERSION = importlib.metadata.version("wasmtime")
assert VERSION == "50.0.1", VERSION
AMPLE = 10_000_000_000


class Tape:
    """What was recorded, and the program it was recorded of, from the package that is installed above this folder."""

    def __init__(self, path):
        self.head = json.loads(path.read_text())
        self.calls = self.head.pop("calls")
        file = next(p / "node_modules" / self.head["file"] for p in pathlib.Path(__file__).resolve().parents
                    if (p / "node_modules" / self.head["file"]).exists())
        self.binary = file.read_bytes()
        assert hashlib.sha256(self.binary).hexdigest() == self.head["sha256"]

    def compile(self, fuel):
        config = wasmtime.Config()
        config.consume_fuel = fuel
        engine = wasmtime.Engine(config)
        return engine, wasmtime.Module(engine, self.binary)


class Replay:
    """An instance of the program, for the calls of the tape in their order."""

    def __init__(self, engine, module, fuel=True):
        self.store = wasmtime.Store(engine)
        self.fuel = fuel
        if fuel:
            self.store.set_fuel(AMPLE)
        imports = [wasmtime.Func(self.store, i.type, self.answer(i)) for i in module.imports]
        self.exports = wasmtime.Instance(self.store, module, imports).exports(self.store)
        self.memory = next(e for e in self.exports.values() if isinstance(e, wasmtime.Memory))
        self.asked = iter(())
        self.took = 0

    def answer(self, of):
        name = of.name
        results = [str(kind) for kind in of.type.results]

        def answer(*arguments):
            start = time.perf_counter_ns()
            asked = next(self.asked)
            assert asked["import"] == name, (asked, name)
            assert [value(a) for a in asked["arguments"]] == list(arguments), (asked, arguments)
            self.write(asked["writes"])
            # As JavaScript's conversion has it: nothing is 0.
            result = value(asked.get("result", 0))
            self.took -= time.perf_counter_ns() - start
            return None if not results else int(result) if results[0].startswith("i") else float(result)
        return answer

    def write(self, writes):
        for at, text in writes:
            self.memory.write(self.store, base64.b64decode(text), at)

    def call(self, call, fuel=AMPLE):
        """Returns the fuel used, None where that was too little, 0 where none is counted; `took` is the guest's time in ns."""
        self.write(call["writes"])
        self.asked = iter(call["imports"])
        if self.fuel:
            self.store.set_fuel(fuel)
        function, arguments = self.exports[call["call"]], [value(a) for a in call["arguments"]]
        self.took = -time.perf_counter_ns()
        try:
            result = function(self.store, *arguments)
        except (wasmtime.WasmtimeError, wasmtime.Trap):
            return None
        self.took += time.perf_counter_ns()
        assert result == value(call.get("result")), (call, result)
        assert next(self.asked, None) is None
        return fuel - self.store.get_fuel() if self.fuel else 0


def value(taped):
    return int(taped[:-1]) if isinstance(taped, str) else taped
