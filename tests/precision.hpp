// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/network.hpp>

#include <algorithm>
#include <type_traits>

// The preset `single` compiles the tests with networks in single precision. Test cases that ask for
// digits, or spikes, that single precision does not give have the tag [double].
namespace test {

using real = NERNST_DEFAULT_REAL;
inline constexpr bool is_single = std::is_same_v<real, float>;

/// A number as a network keeps it.
constexpr double kept(double x) {
  return static_cast<double>(static_cast<real>(x));
}

/// The error that a test allows: that of double precision, or a larger one that single precision
/// brings.
constexpr double up_to(double error, double in_single = 1e-5) {
  return is_single ? std::max(error, in_single) : error;
}

}  // namespace test
