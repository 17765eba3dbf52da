"""A system that gives less: ``python weaker.py NUMBER=ERROR ... -- COMMAND`` runs COMMAND where
the calls with these numbers fail with these errors, refused by a real filter of the kernel."""

import ctypes
import os
import sys

LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
FAIL, ALLOW = 0x00050000, 0x7FFF0000


class Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("true", ctypes.c_uint8),
        ("false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(Step)))


def main():
    at = sys.argv.index("--")
    steps = [Step(LOAD, 0, 0, 0)]
    for word in sys.argv[1:at]:
        number, error = word.split("=")
        if number == "filter":  # prctl, asked to take a filter
            steps += [Step(EQUAL, 0, 4, 157), Step(LOAD, 0, 0, 16), Step(EQUAL, 0, 1, 22)]
            steps += [Step(RETURN, 0, 0, FAIL | int(error)), Step(LOAD, 0, 0, 0)]
        else:
            steps += [Step(EQUAL, 0, 1, int(number)), Step(RETURN, 0, 0, FAIL | int(error))]
    steps.append(Step(RETURN, 0, 0, ALLOW))
    array = (Step * len(steps))(*steps)
    program = Program(length=len(steps), steps=array)
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(38, 1, 0, 0, 0)
    if library.prctl(22, 2, ctypes.byref(program), 0, 0) != 0:
        sys.exit("no filter can be set here")
    os.execv(sys.argv[at + 1], sys.argv[at + 1 :])  # noqa: S606


if __name__ == "__main__":
    main()
