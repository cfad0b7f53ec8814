"""The other way in: step 05's plugins, unchanged, called through ctypes. What the types of the C ABI are
is written down here by hand, and nothing checks it: a wrong one is a crash, or a wrong answer."""

import ctypes as c
import json
import operator


class Text(c.Structure):
    """A text in a buffer of ours."""
    _fields_ = [("data", c.c_void_p), ("capacity", c.c_size_t), ("length", c.c_size_t)]

    def __init__(self):
        self.buffer = c.create_string_buffer(256)
        super().__init__(c.addressof(self.buffer), len(self.buffer), 0)

    def __str__(self):
        return self.buffer.raw[:self.length].decode()


class Processed(c.Structure):
    _fields_ = [("value", c.c_int32), ("processed", c.c_uint8)]


def table(**functions):
    def function(*arguments):
        return c.CFUNCTYPE(c.c_int32, *arguments, c.POINTER(Text))
    return type("Table", (c.Structure,), {"_fields_": [
        ("abi_version", c.c_uint32), ("version", c.c_char_p),
        ("create", function(c.POINTER(c.c_void_p))), ("destroy", c.CFUNCTYPE(None, c.c_void_p)),
        *((name, function(c.c_void_p, *arguments)) for name, arguments in functions.items())]})


PROCESSOR = table(process=(c.c_int32, c.POINTER(Processed)), validate=(c.POINTER(Processed), c.POINTER(c.c_uint8)))
TRANSFORMER = table(transform=(c.c_int32, c.POINTER(c.c_int32), c.POINTER(Text)),
                    analyze=(c.c_int32, c.c_char_p, c.c_size_t, c.POINTER(Text)))


class Refused(ValueError):
    """A component refused the value."""


def checked(function, *arguments):
    error = Text()
    if status := function(*arguments, c.byref(error)):
        raise (Refused if status == 1 else RuntimeError)(str(error))


class Plugin:
    """A component out of a plugin. Close it."""

    def __init__(self, path, symbol, kind):
        get = getattr(c.CDLL(str(path)), symbol)
        get.restype = c.POINTER(kind)
        self.table, self.instance = get().contents, c.c_void_p()
        if self.table.abi_version != 1:
            raise RuntimeError(f"{path} has ABI version {self.table.abi_version}, not 1")
        checked(self.table.create, c.byref(self.instance))

    def call(self, name, *arguments):
        checked(getattr(self.table, name), self.instance, *arguments)

    def close(self):
        if self.instance:
            self.table.destroy(self.instance)


class Pipeline:
    """Both components, from a folder of plugins."""

    def __init__(self, folder):
        self.processor = Plugin(folder / "component1.so", "get_processor_plugin", PROCESSOR)
        self.transformer = Plugin(folder / "component2.so", "get_transformer_plugin", TRANSFORMER)

    def close(self):
        self.processor.close()
        self.transformer.close()

    def evaluate_json(self, value):
        value = int(operator.index(value))  # no text, no fraction; True is 1, as for pybind11
        if not -2**31 <= value < 2**31:
            raise OverflowError("the value leaves 32 bits")  # ctypes would cut it
        outcome = {"input": value}
        processed, valid = Processed(), c.c_uint8()
        original, text, analysis = c.c_int32(), Text(), Text()
        try:
            self.processor.call("process", value, c.byref(processed))
            self.processor.call("validate", c.byref(processed), c.byref(valid))
            outcome |= {"processed": {"value": processed.value, "processed": bool(processed.processed)},
                        "valid": bool(valid)}
            self.transformer.call("transform", processed.value, c.byref(original), c.byref(text))
            outcome |= {"transformed": {"original": original.value, "transformed": str(text)}}
            self.transformer.call("analyze", original, str(text).encode(), text.length, c.byref(analysis))
            outcome |= {"analysis": str(analysis)}
        except Refused as refused:
            outcome |= {"error": str(refused)}
        return json.dumps(outcome, separators=(",", ":"))
