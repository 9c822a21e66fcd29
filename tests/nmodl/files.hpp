// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#pragma once

#include <nernst/nmodl/parse.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

/// The text of one of the .mod files beside this header.
inline std::string read_mod_file(std::string const& name) {
  std::ifstream file(NERNST_TEST_DATA "/../nmodl/files/" + name, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}
inline char const* const mod_files[] = {"calcium.mod", "depressing.mod", "dos.mod",  "leak.mod",
                                        "noisy.mod",   "rare.mod",       "squid.mod"};

/// A .mod file that stays in memory, with what it may include.
class mod_file {
 public:
  explicit mod_file(std::string const& name)
      : name_(name), text_(read_mod_file(name)), included_(read_mod_file("constants.inc")) {}
  nernst::nmodl::source source() const { return {name_, text_}; }
  nernst::nmodl::syntax parse() const {
    nernst::nmodl::source const files[] = {{"constants.inc", included_}};
    return nernst::nmodl::parse(source(), files);
  }

 private:
  std::string name_, text_, included_;
};
