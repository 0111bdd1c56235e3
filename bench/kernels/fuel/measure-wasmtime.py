"""Measures what fuel costs wasmtime 50.0.1 in the kernels, for the fuel suite to print beside its own figures.

usage: measure-wasmtime.py <out.json>   (needs pip install wasmtime==50.0.1)

As in the suite: each kernel runs with and without fuel in turn, a sample about a millisecond long, and what is written
down is the median of the ratios of the rounds. There is no tier-up to wait for. SQLite is replayed from the tape of the
golden numbers, and what counts is the guest's time in the calls that take long: the others cost more to make than they take.
"""

import importlib.metadata
import json
import pathlib
import random
import statistics
import sys
import time

import wasmtime

HERE = pathlib.Path(__file__).parent
GOLDEN = HERE.parents[2] / "test" / "golden" / "fuel"
sys.path.insert(0, str(GOLDEN))
from tape import Replay, Tape  # noqa: E402

VERSION = importlib.metadata.version("wasmtime")
assert VERSION == "50.0.1", VERSION
ROUNDS = 200
SAMPLE_NS = 1_000_000
REPLAYS = 100
LONG_CALL = 100_000
BUILDS = ["clang-o3", "clang-o2", "rust", "assemblyscript"]


def functions(binary, fuel):
    config = wasmtime.Config()
    config.consume_fuel = fuel
    engine = wasmtime.Engine(config)
    store = wasmtime.Store(engine)
    if fuel:
        store.set_fuel(10**12)
    exports = wasmtime.Instance(store, wasmtime.Module(engine, binary), []).exports(store)
    return {name: lambda times, f=f: f(store, times) for name, f in exports.items() if isinstance(f, wasmtime.Func)}


def timed(function, times):
    start = time.perf_counter_ns()
    function(times)
    return time.perf_counter_ns() - start


def ratio(plain, fuelled):
    times = 1
    while timed(plain, times) < SAMPLE_NS and times < 1 << 20:
        times = times * 3 // 2 + 1
    ratios = []
    for _ in range(ROUNDS):
        if random.random() < 0.5:
            base = timed(plain, times)
            ratios.append(timed(fuelled, times) / base)
        else:
            fuel = timed(fuelled, times)
            ratios.append(fuel / timed(plain, times))
    return round(statistics.median(ratios), 2)


def replayed(tape, compiled, fuel):
    replay, took = Replay(*compiled, fuel), 0
    for call in tape.calls:
        replay.call(call)
        took += replay.took if call["fuel"] > LONG_CALL else 0
    return took


def sqlite_ratio():
    tape = Tape(GOLDEN / "sqlite.json")
    plain, fuelled = tape.compile(fuel=False), tape.compile(fuel=True)
    ratios = [replayed(tape, fuelled, True) / replayed(tape, plain, False) for _ in range(REPLAYS)]
    return round(statistics.median(ratios), 2)


RATIOS = {}
for BUILD in BUILDS:
    BINARY = (HERE / f"{BUILD}.wasm").read_bytes()
    PLAIN, FUELLED = functions(BINARY, False), functions(BINARY, True)
    for NAME in PLAIN:
        RATIOS[f"{BUILD}/{NAME}"] = ratio(PLAIN[NAME], FUELLED[NAME])
RATIOS["emscripten/sqlite"] = sqlite_ratio()
pathlib.Path(sys.argv[1]).write_text(json.dumps({"wasmtime": VERSION, "ratios": RATIOS}, indent=1) + "\n")
