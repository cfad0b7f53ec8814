"""A growing program on disk, and what one does with it: build all, nothing, after a change."""

import os
import shutil

from grow import grow
from timed import clean_environment, progress, run
from variants import PLAIN

CHANGES = {"source": "component1/src/component1.cpp", "header": "interfaces/include/interfaces/processor.hpp"}


class Program:
    """One copy of the sources, and a build folder for each variant and for with and without tests."""

    def __init__(self, components, folder):
        self.components = components
        self.sources = folder / "sources"
        self.folder = folder
        self.edits = 0
        grow(components, self.sources)

    def configure(self, variant, tests, sources=None):
        build = self.folder / f"{'tests' if tests else 'alone'}-{variant.name.translate(str.maketrans(': /,', '____'))}"
        if not build.exists():
            run(["cmake", "-G", variant.generator, "-S", sources or self.sources, "-B", build, "-DCMAKE_BUILD_TYPE=Debug",
                 f"-DBUILD_TESTING={'ON' if tests else 'OFF'}", *variant.options])
        return build

    def build(self, build, **environment):
        return run(["cmake", "--build", build, "--parallel", os.cpu_count()],
                   environment=clean_environment(**environment))

    def clean(self, build):
        run(["cmake", "--build", build, "--target", "clean"])

    def change(self, what):
        """A real change, not a new time: a cache is not to be fooled."""
        self.edits += 1
        with open(self.sources / CHANGES[what], "a") as file:
            file.write(f"[[maybe_unused]] inline constexpr int edit_{self.edits} = {self.edits};\n")

    def measure(self, variant, tests, long_ones=True):
        """What each took, by name: all, nothing, source, header."""
        progress(f"{self.components} components, {variant.name}")
        if variant.ccache:
            return self.measure_cached(variant, tests, long_ones)
        if variant.links_only and not long_ones:
            return self.measure_linker(variant, tests)
        build = self.configure(variant, tests)
        self.clean(build)
        took = {"all": self.build(build)}
        for what in self.changes(variant, long_ones):
            if what != "nothing":
                self.change(what)
            took[what] = self.build(build)
        return took

    def changes(self, variant, long_ones):
        """A header that all include makes a large program be built anew, which is known by then."""
        return [what for what in variant.changes if long_ones or what != "header"]

    def measure_linker(self, variant, tests):
        """In the plain build, which has compiled all already: only what is linked anew."""
        build = self.configure(PLAIN, tests)
        run(["cmake", *variant.options, build])
        self.build(build)
        took = {"nothing": self.build(build)}
        self.change("source")
        took["source"] = self.build(build)
        run(["cmake", *(option.split("=")[0] + "=" for option in variant.options), build])
        self.build(build)
        return took

    def measure_cached(self, variant, tests, long_ones):
        kind = "tests" if tests else "alone"
        settings = variant.ccache == "moved with settings"
        cache = self.folder / f"{kind}-ccache{'-settings' * settings}"
        there = {"CCACHE_DIR": str(cache), "CCACHE_TEMPDIR": str(self.folder / "ccache-tmp")}
        if variant.ccache == "empty":
            shutil.rmtree(cache, ignore_errors=True)
        if variant.ccache in ("empty", "filled"):
            build = self.configure(variant, tests)
            self.build(build, **there)
            if variant.ccache == "empty":  # the configure step left something in the cache
                shutil.rmtree(cache, ignore_errors=True)
            self.clean(build)
            took = {"all": self.build(build, **there)}
            for what in self.changes(variant, long_ones):
                if what != "nothing":
                    self.change(what)
                took[what] = self.build(build, **there)
            return took
        return {"all": self.build_elsewhere(variant, tests, there, settings)}

    def build_elsewhere(self, variant, tests, there, settings):
        """Fills the cache from one folder, and builds in a new one."""
        took = None
        for number in (1, 2):
            folder = self.folder / f"{'tests' if tests else 'alone'}-elsewhere{number}"
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(self.sources, folder / "sources")
            more = {"CCACHE_BASEDIR": str(folder), "CCACHE_NOHASHDIR": "1"} if settings else {}
            run(["cmake", "-G", variant.generator, "-S", folder / "sources", "-B", folder / "build",
                 "-DCMAKE_BUILD_TYPE=Debug", f"-DBUILD_TESTING={'ON' if tests else 'OFF'}", *variant.options])
            took = self.build(folder / "build", **there, **more)
            shutil.rmtree(folder)
        return took
