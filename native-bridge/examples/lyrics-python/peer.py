"""A plugin's end of the connection that PROTOCOL.md describes, over the standard streams. One thread, no dependencies."""

import json
import sys

from values import Malformed, Reader, write, write_string, write_unsigned

CALL, RESULT, ERROR, CANCEL, PART, PING, PONG, GOODBYE = range(1, 9)
MOST_FRAME = 4 * 1024 * 1024
MOST_MESSAGE = 128 * 1024 * 1024
PART_BYTES = 1024 * 1024


class CallFailed(Exception):
    """A function of the host failed otherwise than by its own error case."""


class Peer:
    """Offers functions to the host and calls those of the host.

    `functions` is a list of (interface, name, params, result, run); `run` takes the arguments and returns the result.
    """

    def __init__(self, plugin, version, functions):
        self.source = sys.stdin.buffer
        self.target = sys.stdout.buffer
        self.functions = functions
        self.parts = {}
        self.parts_bytes = 0
        self.answers = {}
        self.next_id = 1
        offered = []
        for interface, name, params, result, _ in functions:
            offer = {"interface": interface, "name": name, "params": params}
            offered.append(offer if result is None else {**offer, "result": result})
        line = {"versions": [1], "id": plugin, "version": version, "functions": offered, "calls": 16}
        self.target.write(b"wasm-plugin-rpc " + json.dumps(line).encode() + b"\n")
        self.target.flush()

    def open(self):
        """Reads the line of the host."""
        magic, _, text = self.source.readline(1024 * 1024 + 1).decode().partition(" ")
        if magic != "wasm-plugin-rpc":
            raise Malformed("the first line is not that of a host; this is a plugin, to be started by a host of plugins")
        hello = json.loads(text)
        if 1 not in hello["versions"]:
            raise Malformed(f"the host speaks the versions {hello['versions']} of the protocol; wanted 1")
        self.host = {(each["interface"], each["name"]): (index, each) for index, each in enumerate(hello["functions"])}

    def serve(self):
        """Answers calls until the host ends the connection."""
        while self.step():
            pass

    def call(self, interface, name, *args):
        """Calls a function of the host; answers its calls meanwhile."""
        index, function = self.host[interface, name]
        number, self.next_id = self.next_id, self.next_id % 0xFFFFFFFF + 1
        body = bytearray()
        write_unsigned(body, index)
        write_unsigned(body, 0)
        for (_, kind), value in zip(function["params"], args):
            write(body, kind, value)
        self.answers[number] = None
        self.send(CALL, number, body)
        while self.answers[number] is None:
            if not self.step():
                raise CallFailed("the host ended the connection")
        kind, reader = self.answers.pop(number)
        if kind == ERROR:
            code, message = reader.string(), reader.string()
            raise CallFailed(f"{message} ({code})")
        result = reader.read(function["result"]) if "result" in function else None
        reader.end()
        return result

    def step(self):
        """Reads and handles one frame. Returns whether there was one."""
        header = self.source.read(4)
        if len(header) < 4:
            return False
        length = int.from_bytes(header, "little")
        if not 1 <= length <= MOST_FRAME:
            raise Malformed(f"a frame of {length} bytes is announced")
        frame = self.source.read(length)
        if len(frame) < length:
            return False
        reader = Reader(frame)
        kind = reader.byte()
        if kind == PING:
            self.write_frame(bytes([PONG]))
        elif kind in (CALL, RESULT, ERROR):
            number = reader.unsigned()
            whole = Reader(self.parts.pop((kind != CALL, number), b"") + reader.rest())
            self.parts_bytes = sum(map(len, self.parts.values()))
            if kind == CALL:
                self.answer(number, whole)
            elif number in self.answers:
                self.answers[number] = kind, whole
            else:
                raise Malformed(f"an answer to the call {number}, which was not made")
        elif kind == PART:
            key = reader.unsigned(), reader.flag()
            bytes_ = reader.rest()
            self.parts_bytes += len(bytes_)
            if self.parts_bytes > MOST_MESSAGE:
                raise Malformed("a message is too long")
            self.parts.setdefault((key[1], key[0]), bytearray()).extend(bytes_)
        elif kind not in (CANCEL, PONG, GOODBYE):
            raise Malformed(f"there is no frame of the kind {kind}")
        return True

    def answer(self, number, reader):
        index = reader.unsigned()
        reader.unsigned()  # How long the host waits: nothing here takes long.
        if index >= len(self.functions):
            raise Malformed(f"there is no function {index}")
        _, _, params, result, run = self.functions[index]
        args = [reader.read(kind) for _, kind in params]
        reader.end()
        body = bytearray()
        try:
            value = run(*args)
            if result is not None:
                write(body, result, value)
        except Exception as error:  # A bug of the plugin: the host hears of it, and the connection goes on.
            body.clear()
            write_string(body, "WP_TRAP_HOST")
            write_string(body, f"{type(error).__name__}: {error}")
            body.append(1)
            return self.send(ERROR, number, body)
        self.send(RESULT, number, body)

    def send(self, kind, number, body):
        head = bytearray()
        write_unsigned(head, number)
        while len(body) > PART_BYTES:
            self.write_frame(bytes([PART]) + head + bytes([kind != CALL]) + body[:PART_BYTES])
            body = body[PART_BYTES:]
        self.write_frame(bytes([kind]) + head + body)

    def write_frame(self, frame):
        self.target.write(len(frame).to_bytes(4, "little") + frame)
        self.target.flush()
