"""The course's pipeline as a Python module. See __init__.pyi for types, and what raises what."""

from ._core import DomainError, Outcome, ProcessResult, TransformResult, evaluate, evaluate_json

__all__ = ["DomainError", "Outcome", "ProcessResult", "TransformResult", "evaluate", "evaluate_json"]
