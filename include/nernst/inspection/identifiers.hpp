// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/kernel/compiled_model.hpp>

#include <string>
#include <vector>

namespace nernst::inspection {

/// The names of a model's variables and functions in C++, and new names beside them.
class identifiers {
 public:
  explicit identifiers(kernel::compiled_model const& m);

  std::string const& variable(int symbol) const {
    return variables_[static_cast<std::size_t>(symbol)];
  }
  std::string const& function(int which) const {
    return functions_[static_cast<std::size_t>(which)];
  }
  /// A name that nothing else has: `wanted`, if need be with underscores behind it.
  std::string fresh(std::string wanted);
  /// The first of x_1, x_2 ... that is free; `number` is the last that was given out.
  std::string numbered(std::string_view prefix, int& number);

 private:
  bool is_taken(std::string_view name) const;

  std::vector<std::string> taken_, variables_, functions_;
};

}  // namespace nernst::inspection

#if NERNST_HEADER_ONLY
#include <nernst/inspection/identifiers-inl.hpp>
#endif
