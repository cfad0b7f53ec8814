"""What the Python door does besides: types, errors, threads, and that pip installs it. For pytest."""

import ast
import multiprocessing
import os
import pickle
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


def over_plugins_evaluate_json(value):
    pipeline = over_plugins.Pipeline(BUILD / "step05_dlopen/bin")
    try:
        return pipeline.evaluate_json(value)
    finally:
        pipeline.close()


EVALUATE_JSON = [value_pipeline.evaluate_json, over_plugins_evaluate_json]


@pytest.mark.parametrize("evaluate", [value_pipeline.evaluate, *EVALUATE_JSON])
def test_what_is_no_value_is_refused(evaluate):
    for wrong in (2**31, -2**31 - 1, 10**30, 10**5000, -10**5000):
        with pytest.raises(Exception) as caught:
            evaluate(wrong)
        assert caught.type is OverflowError, caught.value
    for wrong in ("42", 4.2, None):
        with pytest.raises(Exception) as caught:
            evaluate(wrong)
        assert caught.type is TypeError, caught.value


def test_an_error_names_the_value_if_it_can_be_read():
    with pytest.raises(OverflowError, match=f"^{2**31} is not a decimal integer"):
        value_pipeline.evaluate(2**31)
    with pytest.raises(OverflowError, match="^the integer is not a decimal integer"):
        value_pipeline.evaluate(10**5000)


@pytest.mark.parametrize("evaluate_json", EVALUATE_JSON)
def test_true_is_one_as_everywhere_in_python(evaluate_json):
    assert evaluate_json(True) == evaluate_json(1)
    assert evaluate_json(False) == evaluate_json(0)


def test_results_and_errors_can_be_pickled():
    outcome = value_pipeline.evaluate(42)
    assert pickle.loads(pickle.dumps(outcome)).json() == outcome.json()
    assert pickle.loads(pickle.dumps(outcome.processed)).value == 84
    assert pickle.loads(pickle.dumps(outcome.transformed)).transformed == "Value-0084"
    with pytest.raises(value_pipeline.DomainError) as caught:
        value_pipeline.evaluate(5000)
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is value_pipeline.DomainError and str(again) == str(caught.value)
    assert again.outcome.json() == caught.value.outcome.json()


def test_other_processes():
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(value_pipeline.evaluate_json, [42, 5000]) == [value_pipeline.evaluate_json(42),
                                                                       value_pipeline.evaluate_json(5000)]
        assert pool.map(value_pipeline.evaluate, [42])[0].transformed.original == 84
        with pytest.raises(value_pipeline.DomainError, match="four-digit"):
            pool.map(value_pipeline.evaluate, [5000])


def test_other_threads_run_during_a_call():
    """The core is made slow from outside, by half a second; meanwhile this thread must not stand still."""
    program = """if True:
        import threading, time, value_pipeline
        began = time.monotonic()
        thread = threading.Thread(target=value_pipeline.evaluate_json, args=(42,))
        thread.start()
        turns = 0
        while thread.is_alive():
            time.sleep(0.01)
            turns += 1
        print(turns, time.monotonic() - began)
        """
    environment = os.environ | {"PYTHONPATH": str(BUILD / "python"), "LD_PRELOAD": os.environ["SLOW_FORMAT"]}
    done = subprocess.run([sys.executable, "-B", "-c", program], env=environment, text=True, capture_output=True,
                          check=True, timeout=60)
    turns, took = done.stdout.split()
    assert float(took) >= 0.5, "the core was not slow, so this test sees nothing"
    assert int(turns) >= 5  # of some fifty; two or three if the call keeps the lock


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


def test_over_plugins_tells_a_refusal_from_a_failure():
    for status, error in (1, over_plugins.Refused), (2, RuntimeError), (3, RuntimeError):
        with pytest.raises(Exception) as caught:
            over_plugins.checked(lambda *_, status=status: status)
        assert caught.type is error


def test_pip_installs_it(tmp_path):
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-build-isolation", "--no-deps", "--no-index",
                    "--disable-pip-version-check", "--root-user-action=ignore", "--target", tmp_path, PYTHON],
                   check=True, timeout=300)
    answer = subprocess.run([sys.executable, "-c", "import value_pipeline as v; print(v.__file__, v.evaluate_json(42))"],
                            env={"PYTHONPATH": str(tmp_path)}, cwd="/", text=True, capture_output=True, check=True,
                            timeout=20)
    file, json = answer.stdout.strip().split(" ", 1)
    assert file == f"{tmp_path}/value_pipeline/__init__.py"
    assert json == value_pipeline.evaluate_json(42)
