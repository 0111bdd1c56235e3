#!/usr/bin/env python3
"""A source of lyrics: finds `<artist> - <title>.lrc` or `.txt` in the folder that the setting `folder` names."""

import json
import os
import re

from peer import Peer

LIFECYCLE = "wasm-plugin:abi/lifecycle@0.1.0"
STATE = "wasm-plugin:abi/state@0.1.0"
SOURCE = "acme:lyrics/source@1.0.0"
LOG = "wasm-plugin:abi/log@0.1.0"
CONFIG = "wasm-plugin:abi/config@0.1.0"

SETTINGS = {"list": {"record": [["key", "string"], ["value", "string"]]}}
OR_TEXT = {"result": {"err": "string"}}
SONG = {"record": [["artist", "string"], ["title", "string"]]}
LINE = {"record": [["at-ms", "u32"], ["text", "string"]]}
LYRICS = {"variant": [["plain", "string"], ["timed", {"list": LINE}]]}
FIND_ERROR = {"variant": [["not-found"], ["unreadable", "string"]]}

OK = ("ok", None)
TIME = re.compile(r"\[(\d{1,3}):(\d{1,2})(?:[.:](\d{1,3}))?\]")


def parse_lrc(text):
    """Returns the lines of an LRC file as (milliseconds, text), in order. A line may have several times."""
    shift = re.search(r"^\[offset:\s*([+-]?\d+)\s*\]", text, re.MULTILINE | re.IGNORECASE)
    earlier = int(shift[1]) if shift else 0
    lines = []
    for line in text.splitlines():
        times = []
        at = 0
        while match := TIME.match(line, at):
            minutes, seconds, part = match.groups()
            fraction = int((part or "0").ljust(3, "0"))
            times.append(int(minutes) * 60_000 + int(seconds) * 1000 + fraction - earlier)
            at = match.end()
        lines += [(time, line[at:].strip()) for time in times]
    return sorted(lines, key=lambda line: line[0])


def name_of(song):
    """Returns the name of a song's file without its ending. It stays one name: no way to another folder."""
    return re.sub(r"[/\\\0]", "_", f"{song['artist']} - {song['title']}")


class Lyrics:
    def __init__(self):
        self.folder = None
        self.offsets = {}
        self.count = 0

    # lifecycle

    def init(self, _settings):
        folder = peer.call(CONFIG, "get", "folder")
        refusal = self.use(folder)
        if refusal is None:
            peer.call(LOG, "log", "info", f"{len(os.listdir(folder))} files in {folder}")
        return OK if refusal is None else ("err", refusal)

    def configure(self, settings):
        for setting in settings:
            if setting["key"] == "folder" and (refusal := self.use(setting["value"])):
                return "err", refusal
        return OK

    def use(self, folder):
        if folder is None or not os.path.isdir(folder):
            return f"there is no folder {folder!r}"
        self.folder = folder
        return None

    def health(self):
        return OK if os.path.isdir(self.folder) else ("err", f"the folder {self.folder!r} is gone")

    # state

    def schema(self):
        return 1

    def serialize(self):
        return "ok", json.dumps({"offsets": self.offsets, "found": self.count}).encode()

    def restore(self, state, schema, version):
        if schema != 1:
            return "err", f"the format {schema} of {version} is not known"
        try:
            kept = json.loads(state)
            self.offsets, self.count = dict(kept["offsets"]), int(kept["found"])
        except (ValueError, KeyError, TypeError) as error:
            return "err", f"the state is damaged: {error}"
        return OK

    # source

    def find(self, song):
        name = name_of(song)
        for suffix in (".lrc", ".txt"):
            try:
                with open(os.path.join(self.folder, name + suffix), encoding="utf-8") as file:
                    text = file.read()
            except FileNotFoundError:
                continue
            except (OSError, UnicodeDecodeError) as error:
                peer.call(LOG, "log", "warn", f"Cannot read {name + suffix}: {error}")
                return "err", ("unreadable", str(error))
            self.count += 1
            if suffix == ".txt":
                return "ok", ("plain", text)
            offset = self.offsets.get(name, 0)
            lines = [{"at-ms": max(0, time + offset), "text": words} for time, words in parse_lrc(text)]
            return "ok", ("timed", lines)
        return "err", ("not-found", None)

    def set_offset(self, song, ms):
        self.offsets[name_of(song)] = ms

    def found(self):
        return self.count


plugin = Lyrics()
peer = Peer(
    "acme.lyrics",
    "1.0.0",
    [
        (LIFECYCLE, "init", [["settings", SETTINGS]], OR_TEXT, plugin.init),
        (LIFECYCLE, "health", [], OR_TEXT, plugin.health),
        (LIFECYCLE, "configure", [["settings", SETTINGS]], OR_TEXT, plugin.configure),
        (STATE, "schema", [], "u32", plugin.schema),
        (STATE, "serialize", [], {"result": {"ok": {"list": "u8"}, "err": "string"}}, plugin.serialize),
        (
            STATE,
            "restore",
            [["state", {"list": "u8"}], ["schema", "u32"], ["version", "string"]],
            OR_TEXT,
            plugin.restore,
        ),
        (SOURCE, "find", [["song", SONG]], {"result": {"ok": LYRICS, "err": FIND_ERROR}}, plugin.find),
        (SOURCE, "set-offset", [["song", SONG], ["ms", "s32"]], None, plugin.set_offset),
        (SOURCE, "found", [], "u64", plugin.found),
    ],
)
peer.open()
peer.serve()
