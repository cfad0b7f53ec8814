"""python_answers.py BUILD MODULE FILE: a value a line in, an outcome a line into the file."""

import sys
from pathlib import Path

build, module, file = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
if module == "value_pipeline":
    sys.path.insert(0, str(build / "python"))
    from value_pipeline import evaluate_json
else:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))
    import over_plugins
    evaluate_json = over_plugins.Pipeline(build / "step05_dlopen/bin").evaluate_json
file.write_text("".join(evaluate_json(int(line)) + "\n" for line in sys.stdin))
