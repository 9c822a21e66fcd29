# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0

import os
import re

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, load
from conan.tools.layout import basic_layout
from conan.tools.scm import Version

required_conan_version = ">=2.0"


class NernstConan(ConanFile):
    name = "nernst"
    description = "Neurons and networks written as C++ equations with units"
    license = "BSL-1.0"
    topics = ("neuroscience", "simulation", "spiking-neural-networks", "kokkos", "units", "header-only")
    package_type = "header-library"
    implements = ["auto_header_only"]
    settings = "os", "arch", "compiler", "build_type"
    # The recipe of Kokkos builds the Serial backend only: False leaves Kokkos to whoever uses the package.
    options = {"with_kokkos": [True, False]}
    default_options = {"with_kokkos": True, "boost/*:header_only": True}
    exports_sources = "CMakeLists.txt", "LICENSE", "include/*"
    no_copy_source = True

    _oldest_compiler = {"gcc": "12", "clang": "16"}

    def set_version(self):
        cmake = load(self, os.path.join(self.recipe_folder, "CMakeLists.txt"))
        self.version = re.search(r"\bVERSION (\d+\.\d+\.\d+)\n", cmake).group(1)

    def layout(self):
        basic_layout(self)

    def requirements(self):
        self.requires("boost/[>=1.81]", transitive_headers=True)
        self.requires("xsimd/[>=8]", transitive_headers=True)
        if self.options.with_kokkos:
            self.requires("kokkos/[>=4]", transitive_headers=True, transitive_libs=True)

    def validate(self):
        check_min_cppstd(self, 20)
        compiler = str(self.settings.compiler)
        oldest = self._oldest_compiler.get(compiler)
        if oldest and Version(self.settings.compiler.version) < oldest:
            raise ConanInvalidConfiguration(f"{self.ref} needs {compiler} {oldest} or newer")

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        copy(self, "*.hpp", os.path.join(self.source_folder, "include"), os.path.join(self.package_folder, "include"))

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        self.cpp_info.set_property("cmake_file_name", "nernst")
        self.cpp_info.set_property("cmake_target_name", "nernst::nernst")
        self.cpp_info.requires = ["boost::headers", "xsimd::xsimd"]
        if self.options.with_kokkos:
            self.cpp_info.requires.append("kokkos::kokkos")
