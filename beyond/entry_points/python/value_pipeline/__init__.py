"""The course's pipeline as a Python module. See __init__.pyi for types, and what raises what."""

from . import _core
from ._core import DomainError, Outcome, ProcessResult, TransformResult

__all__ = ["DomainError", "Outcome", "ProcessResult", "TransformResult", "evaluate", "evaluate_json"]


# Functions of Python, which can be pickled: multiprocessing.Pool.map(evaluate_json, values).

def evaluate(value):
    return _core.evaluate(value)


def evaluate_json(value):
    return _core.evaluate_json(value)
