"""Runs the cases of `cases.json` in wasmtime and writes what came out to `results.json`.

    pip install wasmtime==50.0.1
    python run.py

`cases.json` and the components beside it are written by `UPDATE_GOLDEN=1 npx vitest run test/golden/values`.
Values are written as `golden-value.ts` says.
"""

import json
import math
import struct
from pathlib import Path

import wasmtime
from wasmtime import component as c
from wasmtime.component import _types as t

HERE = Path(__file__).parent

# The package shortens variants whose payloads differ in class, and then mistakes a bool for an int. Always use tags.
t.VariantLikeType._tagged = lambda self: True

INTEGERS = (t.U8, t.S8, t.U16, t.S16, t.U32, t.S32)


def from_json(ty, value):
    if isinstance(ty, (t.U64, t.S64)):
        return int(value)
    if isinstance(ty, (t.F32, t.F64)):
        return {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}.get(value) if isinstance(
            value, str) and value in ("NaN", "Infinity", "-Infinity") else float(value)
    if isinstance(ty, t.ListType):
        items = [from_json(ty.element, each) for each in value]
        return bytes(items) if isinstance(ty.element, t.U8) else items
    if isinstance(ty, t.RecordType):
        record = t.Record()
        for (name, field), each in zip(ty.fields, value):
            setattr(record, name, from_json(field, each))
        return record
    if isinstance(ty, t.TupleType):
        return tuple(from_json(element, each) for element, each in zip(ty.elements, value))
    if isinstance(ty, t.FlagsType):
        return set(value)
    if isinstance(ty, t.VariantLikeType):
        tag, *payload = value
        case = dict(ty._cases())[tag]
        return t.Variant(tag, from_json(case, payload[0]) if payload else None)
    return value


def to_json(ty, value):
    if isinstance(ty, (t.U64, t.S64)):
        return str(value)
    if isinstance(ty, (t.F32, t.F64)):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        return "-0" if value == 0 and math.copysign(1, value) < 0 else repr(value)
    if isinstance(ty, t.ListType):
        return [to_json(ty.element, each) for each in value]
    if isinstance(ty, t.RecordType):
        return [to_json(field, getattr(value, name)) for name, field in ty.fields]
    if isinstance(ty, t.TupleType):
        return [to_json(element, each) for element, each in zip(ty.elements, value)]
    if isinstance(ty, t.FlagsType):
        return [name for name in ty.names if name in value]
    if isinstance(ty, t.VariantLikeType):
        case = dict(ty._cases())[value.tag]
        return [value.tag] if case is None else [value.tag, to_json(case, value.payload)]
    return value


class Guest:
    """A component with an `echo` interface that it both imports and exports."""

    def __init__(self, wasm, interface):
        config = wasmtime.Config()
        engine = wasmtime.Engine(config)
        self.store = wasmtime.Store(engine)
        component = c.Component(engine, wasm)
        linker = c.Linker(engine)
        echo = component.type.exports(engine)[interface].ty.exports(engine)
        with linker.root() as root:
            with root.add_instance(interface) as instance:
                for name, item in echo.items():
                    if isinstance(item.ty, t.FuncType):
                        instance.add_func(name, self.host(name))
        linker.define_unknown_imports_as_traps(component)
        self.instance = linker.instantiate(self.store, component)
        self.interface = interface

    @staticmethod
    def host(name):
        if name in ("sixteen", "seventeen"):
            return lambda store, *args: ["host", name]
        if name == "nothing":
            return lambda store: None
        return lambda store, *args: args if len(args) > 1 else args[0]

    def func(self, interface, name):
        outer = self.instance.get_export_index(self.store, interface)
        return self.instance.get_func(self.store, self.instance.get_export_index(self.store, name, outer))

    def set_source(self, source):
        control = "wasm-plugin:values/control@0.1.0"
        if self.instance.get_export_index(self.store, control):
            self.call(self.func(control, "set-source"), source)

    def call(self, func, *args):
        return func(self.store, *args)

    def run(self, name, args):
        func = self.func(self.interface, name)
        ty = func.type(self.store)
        given = [from_json(param, each) for (_, param), each in zip(ty.params, args)]
        result = self.call(func, *given)
        return None if ty.result is None else to_json(ty.result, result)


def main():
    groups = json.loads((HERE / "cases.json").read_text())
    lines = []
    for group in groups:
        guest = Guest((HERE / group["component"]).read_bytes(), group["interface"])
        results = []
        for source, name, args in group["cases"]:
            guest.set_source(source)
            results.append(guest.run(name, args))
        lines.append("[\n" + ",\n".join(json.dumps(each) for each in results) + "\n]")
    (HERE / "results.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")


main()
