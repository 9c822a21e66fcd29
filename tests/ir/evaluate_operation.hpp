// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/evaluation.hpp>

#include <limits>
#include <utility>

namespace test {

template <class Real>
constexpr Real nan_of = std::numeric_limits<Real>::quiet_NaN();
template <class Real>
constexpr Real infinity_of = std::numeric_limits<Real>::infinity();

/// The value of an operation for numbers, or packs of them, of one type; other numbers are
/// converted to that.
template <nernst::ir::op Code, class Value, class... More>
Value of(Value const& x, More const&... more) {
  return nernst::ir::evaluation<Code>::of(x, Value(more)...);
}

/// Arguments and values of exprel at its limits.
template <class Real>
constexpr std::pair<Real, Real> exprel_limits[] = {{Real(0), Real(1)},
                                                   {Real(-0.0), Real(1)},
                                                   {Real(1e-17), Real(1)},
                                                   {Real(-1e-17), Real(1)},
                                                   {Real(718), infinity_of<Real>},
                                                   {infinity_of<Real>, infinity_of<Real>},
                                                   {-infinity_of<Real>, Real(0)},
                                                   {Real(-1e6), Real(1) / Real(1e6)}};

}  // namespace test
