"""Replays a tape on wasmtime 49.0.0 and adds to each call the fuel it used, and to the costliest the least it needs.

usage: replay.py <tape.json>   where the tape's package is installed above this folder

The tape answers the imports: see record-sqlite.mjs.
"""

import base64
import hashlib
import importlib.metadata
import json
import pathlib
import sys

import wasmtime

VERSION = importlib.metadata.version("wasmtime")
assert VERSION == "49.0.0", VERSION
AMPLE = 10_000_000_000
MINIMA = 5

PATH = pathlib.Path(sys.argv[1])
TAPE = json.loads(PATH.read_text())
FILE = next(p / "node_modules" / TAPE["file"] for p in pathlib.Path(__file__).resolve().parents
            if (p / "node_modules" / TAPE["file"]).exists())
BINARY = FILE.read_bytes()
assert hashlib.sha256(BINARY).hexdigest() == TAPE["sha256"]

CONFIG = wasmtime.Config()
CONFIG.consume_fuel = True
ENGINE = wasmtime.Engine(CONFIG)
MODULE = wasmtime.Module(ENGINE, BINARY)


def value(taped):
    return int(taped[:-1]) if isinstance(taped, str) else taped


class Replay:
    def __init__(self):
        self.store = wasmtime.Store(ENGINE)
        self.store.set_fuel(AMPLE)
        imports = [wasmtime.Func(self.store, i.type, self.answer(i)) for i in MODULE.imports]
        self.exports = wasmtime.Instance(self.store, MODULE, imports).exports(self.store)
        self.memory = next(e for e in self.exports.values() if isinstance(e, wasmtime.Memory))
        self.asked = iter(())

    def answer(self, of):
        name = of.name
        results = [str(kind) for kind in of.type.results]

        def answer(*arguments):
            asked = next(self.asked)
            assert asked["import"] == name, (asked, name)
            assert [value(a) for a in asked["arguments"]] == list(arguments), (asked, arguments)
            self.write(asked["writes"])
            # As JavaScript's conversion has it: nothing is 0.
            result = value(asked.get("result", 0))
            return None if not results else int(result) if results[0].startswith("i") else float(result)
        return answer

    def write(self, writes):
        for at, text in writes:
            self.memory.write(self.store, base64.b64decode(text), at)

    def call(self, call, fuel):
        """Returns the fuel used, or None where that was too little."""
        self.write(call["writes"])
        self.asked = iter(call["imports"])
        self.store.set_fuel(fuel)
        try:
            result = self.exports[call["call"]](self.store, *[value(a) for a in call["arguments"]])
        except wasmtime.WasmtimeError:
            return None
        except wasmtime.Trap:
            return None
        assert result == value(call.get("result")), (call, result)
        assert next(self.asked, None) is None
        return fuel - self.store.get_fuel()


def minimum(index, used):
    low, high = max(0, used - 10_000), used + 10_000
    while low < high:
        middle = (low + high) // 2
        replay = Replay()
        for before in TAPE["calls"][:index]:
            replay.call(before, AMPLE)
        if replay.call(TAPE["calls"][index], middle) is None:
            low = middle + 1
        else:
            high = middle
    return low


REPLAY = Replay()
for CALL in TAPE["calls"]:
    CALL.pop("minimum", None)
    CALL["fuel"] = REPLAY.call(CALL, AMPLE)
COSTLIEST = sorted(range(len(TAPE["calls"])), key=lambda at: -TAPE["calls"][at]["fuel"])[:MINIMA]
for INDEX in COSTLIEST:
    TAPE["calls"][INDEX]["minimum"] = minimum(INDEX, TAPE["calls"][INDEX]["fuel"])
CALLS = ",\n".join(json.dumps(call, separators=(",", ":")) for call in TAPE["calls"])
HEAD = json.dumps({key: TAPE[key] for key in TAPE if key != "calls"}, separators=(",", ":"))
PATH.write_text(HEAD[:-1] + ',"calls":[\n' + CALLS + "\n]}\n")
print(len(TAPE["calls"]), "calls", sum(call["fuel"] for call in TAPE["calls"]), "fuel")
