// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <compare>
#include <vector>

namespace nernst::cable {

/// A place on a neuron: a branch, and a fraction of its length.
struct location {
  int branch = 0;
  double at = 0;

  friend auto operator<=>(location const&, location const&) = default;
  friend bool operator==(location const&, location const&) = default;  // nvcc 13 makes none itself
};

/// A piece of a branch, between two fractions of its length.
struct stretch {
  int branch = 0;
  double from = 0, to = 1;

  friend auto operator<=>(stretch const&, stretch const&) = default;
  friend bool operator==(stretch const&, stretch const&) = default;
};

/// Pieces of branches, ascending, none of which touches another, none without a length.
using stretches = std::vector<stretch>;

/// Puts pieces in order, and those together that touch each other.
stretches joined(stretches all);
stretches intersection(stretches const& a, stretches const& b);
stretches difference(stretches const& a, stretches const& b);
/// Whether a place is in one of them; their ends are.
bool contains(stretches const& all, location const& place);

}  // namespace nernst::cable

#if NERNST_HEADER_ONLY
#include <nernst/cable/stretch-inl.hpp>
#endif
