// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/finding.hpp>

namespace nernst::nmodl::detail {

/// A finding for the type of an error, whose pieces are short: the place is part of the first.
constexpr ir::diagnosis to_diagnosis(finding const& f) {
  constexpr std::size_t longest_file = 12;
  ir::diagnosis d = f.what;
  ir::string_view file = f.file;
  if (file.size() > longest_file) file.remove_prefix(file.size() - longest_file);
  d.where = file;
  (d.where += ":").append(d.line);
  (d.where += ":").append(d.column);
  (d.where += ": ") += f.what.where;
  d.line = d.column = 0;
  if (d.expected.size == 0 && !f.advice.empty()) d.expected = "see docs/mod_files.md";
  return d;
}

}  // namespace nernst::nmodl::detail
