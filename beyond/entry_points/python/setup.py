"""Has CMake build the module when pip builds the package."""

import subprocess
import sys
import tempfile
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

PROJECT = Path(__file__).resolve().parent.parent


class CMakeBuild(build_ext):
    def build_extension(self, ext):
        module = Path(self.get_ext_fullpath(ext.name)).resolve()
        build = Path(self.build_temp).resolve()
        subprocess.run(["cmake", "-S", PROJECT, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                        "-DBUILD_TESTING=OFF", f"-DPython_EXECUTABLE={sys.executable}"], check=True)
        subprocess.run(["cmake", "--build", build, "--target", "entry_points_python"], check=True)
        subprocess.run(["cmake", "--install", build, "--component", "python",
                        "--prefix", module.parent.parent], check=True)


with tempfile.TemporaryDirectory() as folder:  # so that nothing is left beside the sources
    setup(ext_modules=[Extension("value_pipeline._core", sources=[])], cmdclass={"build_ext": CMakeBuild},
          options={"build": {"build_base": folder}, "egg_info": {"egg_base": folder}})
