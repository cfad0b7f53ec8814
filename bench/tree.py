"""What a reader sees of a step: lines, files, packages."""

import re

SOURCES = {".cpp", ".hpp", ".c", ".h"}
TEST_ONLY = {"PkgConfig", "Threads", "Catch2"}  # no libraries, or not of the program


def count(folder):
    program, tests = [], []
    for path in sorted(folder.rglob("*")):
        if path.suffix in SOURCES:
            inside, outside = split(path)
            if is_test(path.relative_to(folder)):
                tests.append(code_lines(path.read_text().splitlines()))
            else:
                program.append(code_lines(inside))
                if outside:  # step 00 keeps its tests in the same file
                    tests.append(code_lines(outside))
    return {
        "lines": sum(program),
        "files": len(program),
        "test_lines": sum(tests),
        "packages": packages(folder),
    }


def is_test(path):
    return "tests" in path.parts or path.stem.endswith("_test") or path.name == "catch2.hpp"


def split(path):
    """The lines of the program, and those that are only there for its tests."""
    program, tests = [], []
    current = program
    for line in path.read_text().splitlines():
        if line == "#else" and "UNIT_TESTS" in path.read_text():
            current = tests
        current.append(line)
    return program, tests


def code_lines(lines):
    """Those that are neither blank nor a comment alone."""
    count_of = 0
    in_comment = False
    for line in map(str.strip, lines):
        if in_comment:
            in_comment = "*/" not in line
        elif line.startswith("/*"):
            in_comment = "*/" not in line
        elif line and not line.startswith("//"):
            count_of += 1
    return count_of


def packages(folder):
    """The libraries that CMake is asked to find for the program."""
    found = set()
    for file in folder.rglob("CMakeLists.txt"):
        text = file.read_text()
        found |= set(re.findall(r"find_package\((\w+)", text))
        found |= set(re.findall(r"pkg_check_modules\(\w+ REQUIRED IMPORTED_TARGET ([\w-]+)", text))
    return sorted(found - TEST_ONLY)
