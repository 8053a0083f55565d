import re
from pathlib import Path

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load


class Magnesia(ConanFile):
    name = "magnesia"
    description = "Is this magnesium safe for this person, how much is it, and when in the day"
    license = "Apache-2.0"
    topics = ("magnesium", "clinical decision support", "drug interactions", "units")
    package_type = "library"
    settings = "os", "compiler", "build_type", "arch"
    options = {"shared": [True, False], "fPIC": [True, False]}
    default_options = {"shared": False, "fPIC": True}
    implements = ["auto_shared_fpic"]
    test_package_folder = "tests/install/find_package"
    exports_sources = "CMakeLists.txt", "LICENSE", "cmake/*", "include/*", "src/*", "knowledge/*"

    def set_version(self):
        header = load(self, Path(self.recipe_folder) / "include" / "magnesia" / "version.hpp")
        self.version = re.search(r'library_version = "([^"]+)"', header).group(1)

    def requirements(self):
        self.requires("simdjson/[>=3.0 <4]")

    def validate(self):
        check_min_cppstd(self, 20)

    def layout(self):
        cmake_layout(self)

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        for part in ("CLI", "TESTS", "BENCH", "EXAMPLES"):
            toolchain.cache_variables[f"MAGNESIA_BUILD_{part}"] = part == "CLI"
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()
        copy(self, "LICENSE", self.source_folder, Path(self.package_folder) / "licenses")

    def package_info(self):
        self.cpp_info.set_property("cmake_target_name", "magnesia::magnesia")
        core = self.cpp_info.components["core"]
        core.libs = ["magnesia_core"]
        core.set_property("cmake_target_name", "magnesia::core")
        knowledge = self.cpp_info.components["knowledge"]
        knowledge.libs = ["magnesia_knowledge"]
        knowledge.requires = ["core", "simdjson::simdjson"]
        knowledge.set_property("cmake_target_name", "magnesia::knowledge")
        fhir = self.cpp_info.components["fhir"]
        fhir.libs = ["magnesia_fhir"]
        fhir.requires = ["knowledge"]
        fhir.set_property("cmake_target_name", "magnesia::fhir")
