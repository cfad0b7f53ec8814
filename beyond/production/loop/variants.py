"""What is tried: each is the plain build with one thing changed."""

import dataclasses
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
PCH = [f"-DCMAKE_PROJECT_INCLUDE={HERE / 'precompiled.cmake'}"]
SEVERAL = ("nothing", "source", "header")  # what is done besides building all


@dataclasses.dataclass(frozen=True)
class Variant:
    name: str
    options: tuple = ()        # for cmake
    program: str = ""          # that must be there
    package: str = ""          # which has it, on Debian and Ubuntu
    tests: bool = True         # it makes sense with tests
    changes: tuple = SEVERAL
    small_only: bool = False   # left out of the growing program: its answer is that of another row
    links_only: bool = False   # it compiles what the plain build compiles: a large program is not built anew
    ccache: str = ""           # empty, filled, moved, moved with settings
    generator: str = "Ninja"


def linker(name, package):
    program = "ld." + name if name != "mold" else name
    flags = f"-fuse-ld={name}" + (" -Wl,--no-fork" if name == "mold" else "")  # so that its CPU time is counted
    return Variant(f"linker: {name}", (f"-DCMAKE_EXE_LINKER_FLAGS={flags}", f"-DCMAKE_SHARED_LINKER_FLAGS={flags}"),
                   program, package, links_only=True)


def cached(name, state):
    return Variant(f"ccache: {name}", ("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache",), "ccache", "ccache", ccache=state,
                   small_only="moved" in state, changes=SEVERAL if state == "filled" else ())


PLAIN = Variant("plain: Ninja, GCC, -O0 -g, static, ld.bfd")

VARIANTS = [
    PLAIN,
    linker("gold", "binutils"),
    linker("lld", "lld"),
    linker("mold", "mold"),
    cached("empty", "empty"),
    cached("filled", "filled"),
    cached("filled from another folder", "moved"),
    cached("the same, CCACHE_BASEDIR and CCACHE_NOHASHDIR", "moved with settings"),
    Variant("precompiled headers", tuple(PCH)),
    Variant("unity", ("-DCMAKE_UNITY_BUILD=ON",)),
    Variant("unity, one library of all components", ("-DCMAKE_UNITY_BUILD=ON", "-DONE_LIBRARY=ON"), tests=False),
    Variant("shared libraries", ("-DBUILD_SHARED_LIBS=ON",)),
    Variant("Make", program="make", package="make", generator="Unix Makefiles"),
    Variant("-Og -g", ("-DCMAKE_CXX_FLAGS_DEBUG=-Og -g",), changes=("source",), small_only=True),
    Variant("-O0 without -g", ("-DCMAKE_CXX_FLAGS_DEBUG=-O0",), changes=("source",)),
    Variant("Clang", ("-DCMAKE_CXX_COMPILER=clang++",), "clang++", "clang", changes=("source",), small_only=True),
]
