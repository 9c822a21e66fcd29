// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/ir/list.hpp>

#include <cstdint>
#include <string_view>

namespace nernst {

/// The steps in which something happens: all of them, those at multiples of a period (the first one
/// at time 0), or those at given times.
class due_steps {
 public:
  due_steps() = default;

  /// \throws std::invalid_argument, which names `whose` they are, unless the period is a multiple
  /// of dt (within 1e-4 dt), and at least dt.
  static due_steps every(double period, double dt, std::string_view whose);
  /// \throws std::invalid_argument unless the times are multiples of dt (within 1e-4 dt).
  static due_steps at(ir::span<double const> times, double dt, std::string_view whose);

  bool operator()(std::int64_t step) const;

 private:
  std::int64_t period_ = 1;
  ir::list<std::int64_t> steps_;  ///< ascending
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/engine/due_steps-inl.hpp>
#endif
