"""Replays a tape on wasmtime 50.0.1 and adds to each call the fuel it used, and to the costliest the least it needs.

usage: replay.py <tape.json>   where the tape's package is installed above this folder
"""

import json
import pathlib
import sys

from tape import Replay, Tape

MINIMA = 5

PATH = pathlib.Path(sys.argv[1])
TAPE = Tape(PATH)
COMPILED = TAPE.compile(fuel=True)


def minimum(index, used):
    low, high = max(0, used - 10_000), used + 10_000
    while low < high:
        middle = (low + high) // 2
        replay = Replay(*COMPILED)
        for before in TAPE.calls[:index]:
            replay.call(before)
        if replay.call(TAPE.calls[index], middle) is None:
            low = middle + 1
        else:
            high = middle
    return low


REPLAY = Replay(*COMPILED)
for CALL in TAPE.calls:
    CALL.pop("minimum", None)
    CALL["fuel"] = REPLAY.call(CALL)
COSTLIEST = sorted(range(len(TAPE.calls)), key=lambda at: -TAPE.calls[at]["fuel"])[:MINIMA]
for INDEX in COSTLIEST:
    TAPE.calls[INDEX]["minimum"] = minimum(INDEX, TAPE.calls[INDEX]["fuel"])
CALLS = ",\n".join(json.dumps(call, separators=(",", ":")) for call in TAPE.calls)
HEAD = json.dumps(TAPE.head, separators=(",", ":"))
PATH.write_text(HEAD[:-1] + ',"calls":[\n' + CALLS + "\n]}\n")
print(len(TAPE.calls), "calls", sum(call["fuel"] for call in TAPE.calls), "fuel")
