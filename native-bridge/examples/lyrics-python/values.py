"""Values of the component model as bytes: "Values" of PROTOCOL.md. A type is the JSON of "The line".

In Python a record is a dict by WIT name, a variant a pair (case, value), a result ("ok", value) or ("err", value), an option
None or the value, flags a set of names, and list<u8> bytes.
"""

import struct

UNSIGNED = {"u16": 16, "u32": 32, "u64": 64}
SIGNED = {"s16": 16, "s32": 32, "s64": 64}
FORMATS = {"u8": "<B", "s8": "<b", "f32": "<f", "f64": "<d"}


class Malformed(Exception):
    """The other side sent what is no value of the type."""


def write_unsigned(out, value):
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def write_signed(out, value):
    while not -64 <= value < 64:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value & 0x7F)


def write_string(out, text):
    encoded = text.encode()
    write_unsigned(out, len(encoded))
    out += encoded


def write(out, kind, value):
    """Appends a value of a type to a bytearray."""
    if isinstance(kind, dict):
        [(name, of)] = kind.items()
        write_compound(out, name, of, value)
    elif kind == "bool":
        out.append(1 if value else 0)
    elif kind in UNSIGNED:
        write_unsigned(out, value)
    elif kind in SIGNED:
        write_signed(out, value)
    elif kind == "char":
        out += value.encode()
    elif kind == "string":
        write_string(out, value)
    else:
        out += struct.pack(FORMATS[kind], value)


def write_compound(out, name, of, value):
    if name == "list":
        write_unsigned(out, len(value))
        for each in value:
            write(out, of, each)
    elif name == "tuple":
        for part, each in zip(of, value):
            write(out, part, each)
    elif name == "record":
        for field, part in of:
            write(out, part, value[field])
    elif name == "option":
        out.append(0 if value is None else 1)
        if value is not None:
            write(out, of, value)
    elif name == "result":
        tag, inner = value
        out.append(0 if tag == "ok" else 1)
        if tag in of:
            write(out, of[tag], inner)
    elif name == "variant":
        tag, inner = value
        index = [case[0] for case in of].index(tag)
        write_unsigned(out, index)
        if len(of[index]) > 1:
            write(out, of[index][1], inner)
    elif name == "enum":
        write_unsigned(out, of.index(value))
    elif name == "flags":
        bits = sum(1 << index for index, flag in enumerate(of) if flag in value)
        out += bits.to_bytes((len(of) + 7) // 8, "little")


class Reader:
    """Reads values from bytes, front to back."""

    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, count):
        if count > len(self.data) - self.at:
            raise Malformed(f"{count} bytes are wanted, {len(self.data) - self.at} are left")
        self.at += count
        return self.data[self.at - count : self.at]

    def rest(self):
        return self.take(len(self.data) - self.at)

    def end(self):
        if self.at < len(self.data):
            raise Malformed(f"{len(self.data) - self.at} bytes are left over")

    def byte(self):
        return self.take(1)[0]

    def leb(self, bits):
        value = 0
        for shift in range(0, bits, 7):
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value, shift + 7
        raise Malformed(f"a number has more than {bits} bits")

    def unsigned(self, bits=32):
        value, _ = self.leb(bits)
        if value >> bits:
            raise Malformed(f"a number has more than {bits} bits")
        return value

    def signed(self, bits):
        value, width = self.leb(bits)
        value = value - (1 << width) if value >> (width - 1) & 1 else value
        if not -(1 << (bits - 1)) <= value < 1 << (bits - 1):
            raise Malformed(f"a number has more than {bits} bits")
        return value

    def text(self, count):
        try:
            return self.take(count).decode()
        except UnicodeDecodeError:
            raise Malformed("a text is not UTF-8") from None

    def string(self):
        return self.text(self.unsigned())

    def case(self, cases):
        index = self.unsigned()
        if index >= len(cases):
            raise Malformed(f"there is no case {index}")
        return cases[index]

    def flag(self):
        byte = self.byte()
        if byte > 1:
            raise Malformed(f"a byte must be 0 or 1, it is {byte}")
        return byte == 1

    def read(self, kind):
        if isinstance(kind, dict):
            [(name, of)] = kind.items()
            return self.read_compound(name, of)
        if kind == "bool":
            return self.flag()
        if kind in UNSIGNED:
            return self.unsigned(UNSIGNED[kind])
        if kind in SIGNED:
            return self.signed(SIGNED[kind])
        if kind == "string":
            return self.string()
        if kind == "char":
            first = self.data[self.at] if self.at < len(self.data) else 0
            return self.text(1 if first < 0x80 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4)
        return struct.unpack(FORMATS[kind], self.take(struct.calcsize(FORMATS[kind])))[0]

    def read_compound(self, name, of):
        if name == "list":
            count = self.unsigned()
            if of == "u8":
                return bytes(self.take(count))
            return [self.read(of) for _ in range(count)]
        if name == "tuple":
            return tuple(self.read(part) for part in of)
        if name == "record":
            return {field: self.read(part) for field, part in of}
        if name == "option":
            return self.read(of) if self.flag() else None
        if name == "result":
            tag = "err" if self.flag() else "ok"
            return tag, self.read(of[tag]) if tag in of else None
        if name == "variant":
            case = self.case(of)
            return case[0], self.read(case[1]) if len(case) > 1 else None
        if name == "enum":
            return self.case(of)
        bits = int.from_bytes(self.take((len(of) + 7) // 8), "little")
        return {flag for index, flag in enumerate(of) if bits >> index & 1}
