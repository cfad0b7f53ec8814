#!/usr/bin/env -S python3 -B
"""grow.py COMPONENTS FOLDER: a program of as many components, each step 03's component1 under another name.

Each has its own folder, library and tests, as in the steps, and all include interfaces/processor.hpp. The
libraries are static or, with BUILD_SHARED_LIBS, shared; with ONE_LIBRARY all components are one library.
"""

import pathlib
import re
import shutil
import sys

STEP = pathlib.Path(__file__).resolve().parents[3] / "step03_interfaces"

TOP = """\
cmake_minimum_required(VERSION 3.25)
project(grown LANGUAGES CXX)
set(STEP grown)
option(BUILD_TESTING "Build the tests" ON)
option(BUILD_SHARED_LIBS "Shared libraries instead of static ones" OFF)
option(ONE_LIBRARY "All components in one library, without their tests" OFF)
if(BUILD_TESTING)
  enable_testing()
endif()
add_subdirectory(interfaces)
add_executable(grown_app app/main.cpp)
if(ONE_LIBRARY)
  add_library(grown_components)
  target_link_libraries(grown_components PUBLIC grown::interfaces)
  target_link_libraries(grown_app PRIVATE grown_components)
endif()
foreach(number RANGE 1 {components})
  if(ONE_LIBRARY)
    target_sources(grown_components PRIVATE component${{number}}/src/component${{number}}.cpp)
    target_include_directories(grown_components PUBLIC component${{number}}/include)
    target_compile_definitions(grown_components PRIVATE COMPONENT${{number}}_VERSION="0.1.0")
  else()
    add_subdirectory(component${{number}})
    target_link_libraries(grown_app PRIVATE grown::component${{number}})
  endif()
endforeach()
"""


def grow(components, folder):
    shutil.copytree(STEP / "interfaces", folder / "interfaces")
    shutil.copytree(STEP / "cmake", folder / "cmake")
    for number in range(1, components + 1):
        for file in (STEP / "component1").rglob("*"):
            if file.is_file():
                copy = folder / f"component{number}" / renamed(str(file.relative_to(STEP / "component1")), number)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_text(renamed(file.read_text(), number).replace(" STATIC ", " "))
    (folder / "CMakeLists.txt").write_text(TOP.format(components=components))
    (folder / "app").mkdir()
    (folder / "app/main.cpp").write_text(app(components))


def renamed(text, number):
    text = re.sub(r"(component|Component|COMPONENT)1", rf"\g<1>{number}", text)
    return re.sub(r"\bdoubled\b", f"doubled{number}", text)  # two of a name clash where sources are put together


def app(components):
    numbers = range(1, components + 1)
    return "\n".join([
        "// Main: asks every component once.",
        "",
        "#include <cstdint>",
        "#include <iostream>",
        "",
        *(f'#include "component{number}/component{number}.hpp"' for number in numbers),
        "",
        "int main() {",
        "    std::int64_t sum = 0;",
        *(f"    sum += Component{number}().process({number}).value;" for number in numbers),
        "    std::cout << sum << '\\n';",
        "}",
        "",
    ])


def main(arguments):
    if len(arguments) != 2 or not arguments[0].isdigit() or not 1 <= int(arguments[0]) <= 9999:
        sys.exit(__doc__)
    folder = pathlib.Path(arguments[1])
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"grow.py: {folder} is not empty; give a new folder")
    grow(int(arguments[0]), folder)


if __name__ == "__main__":
    main(sys.argv[1:])
