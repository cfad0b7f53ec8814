"""What the Python door does besides: types, errors, threads, and that pip installs it. For pytest."""

import ast
import os
import subprocess
import sys
import threading
import weakref
from pathlib import Path

import pytest

BUILD = Path(os.environ["ENTRY_POINTS_BUILD"])
PYTHON = Path(__file__).resolve().parent.parent / "python"
sys.path[:0] = [str(BUILD / "python"), str(PYTHON)]
import over_plugins  # noqa: E402
import value_pipeline  # noqa: E402


def test_an_outcome_has_types():
    outcome = value_pipeline.evaluate(42)
    assert (outcome.input, outcome.processed.value, outcome.processed.processed, outcome.valid) == (42, 84, True, True)
    assert (outcome.transformed.original, outcome.transformed.transformed) == (84, "Value-0084")
    assert outcome.json() == value_pipeline.evaluate_json(42)


def test_a_refused_value_is_a_value_error_with_the_outcome_so_far():
    with pytest.raises(ValueError, match="does not fit the four-digit format") as caught:
        value_pipeline.evaluate(5000)
    assert type(caught.value) is value_pipeline.DomainError
    assert caught.value.outcome.processed.value == 10000
    assert caught.value.outcome.transformed is None


@pytest.mark.parametrize("evaluate", [value_pipeline.evaluate, value_pipeline.evaluate_json])
def test_what_is_no_value_is_refused(evaluate):
    for wrong in (2**31, -2**31 - 1, 10**30):
        with pytest.raises(OverflowError, match=str(wrong)):
            evaluate(wrong)
    for wrong in ("42", 4.2, None):
        with pytest.raises(TypeError):
            evaluate(wrong)


def test_threads():
    expected = [value_pipeline.evaluate_json(value) for value in range(1000)]
    found = []

    def work():
        found.append([value_pipeline.evaluate_json(value) for value in range(1000)])
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_errors_do_not_leak():
    def refused():
        try:
            value_pipeline.evaluate(5000)
        except value_pipeline.DomainError as error:
            return weakref.ref(error)
    assert refused()() is None


def test_the_stubs_name_what_is_there():
    stubs = ast.parse((PYTHON / "value_pipeline/__init__.pyi").read_text())
    named = {node.name: node for node in stubs.body}
    assert set(named) == set(value_pipeline.__all__)
    for name, node in named.items():
        members = [member.name for member in node.body if isinstance(member, ast.FunctionDef)]
        assert all(hasattr(getattr(value_pipeline, name), member) for member in members), name


def test_over_plugins_refuses_what_is_no_value():
    pipeline = over_plugins.Pipeline(BUILD / "step05_dlopen/bin")
    with pytest.raises(OverflowError):
        pipeline.evaluate_json(2**31)
    pipeline.close()


def test_pip_installs_it(tmp_path):
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-build-isolation", "--no-deps", "--no-index",
                    "--disable-pip-version-check", "--root-user-action=ignore", "--target", tmp_path, PYTHON],
                   check=True, timeout=100)
    answer = subprocess.run([sys.executable, "-c", "import value_pipeline as v; print(v.__file__, v.evaluate_json(42))"],
                            env={"PYTHONPATH": str(tmp_path)}, cwd="/", text=True, capture_output=True, check=True,
                            timeout=20)
    file, json = answer.stdout.strip().split(" ", 1)
    assert file == f"{tmp_path}/value_pipeline/__init__.py"
    assert json == value_pipeline.evaluate_json(42)
