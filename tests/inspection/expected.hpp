// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

/// Texts that are kept beside the tests.
namespace expected {

inline std::string path(std::string const& file) {
  return NERNST_TEST_DATA "/../inspection/expected/" + file;
}

/// The text of a file; with NERNST_WRITE_EXPECTED set in the environment it becomes `found` first.
inline std::string text(std::string const& file, std::string const& found) {
  if (std::getenv("NERNST_WRITE_EXPECTED") != nullptr) std::ofstream(path(file)) << found;
  std::ifstream in(path(file));
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

/// The kernels of a model as a file for the compiler: KERNEL says which one is included.
inline std::string for_compiler(nernst::inspection::description const& d) {
  std::string all =
      "// SPDX-FileCopyrightText: The Nernst authors\n// SPDX-License-Identifier: BSL-1.0\n\n";
  auto add = [&all](std::vector<std::string> const& statements) {
    for (auto const& s : statements) all += s + "\n";
  };
  add(d.once_per_run);
  for (std::size_t k = 0; k < d.kernels.size(); ++k) {
    all += "#if KERNEL == " + std::to_string(k) + "  // " + d.kernels[k].what.name + "\n";
    add(d.kernels[k].code.once_per_step);
    add(d.kernels[k].code.statements);
    all += "#endif\n";
  }
  return all;
}

}  // namespace expected
