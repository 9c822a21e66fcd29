// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/schedule.hpp>

namespace nernst::ir {

/// Expressions as a list of operations: operands are places of earlier ones, `results` the places
/// of the roots (`none` for a root that is `none`). What is needed stands in it once.
struct tape {
  list<node> operations;
  list<int> results;
};

/// A tape that is stored elsewhere.
struct tape_view {
  span<node const> operations;
  span<int const> results;

  constexpr tape_view() = default;
  constexpr tape_view(span<node const> all, span<int const> places)
      : operations(all), results(places) {}
  constexpr tape_view(tape const& t) : operations(t.operations), results(t.results) {}
};

namespace detail {
/// `order` has the places of all operations that `roots` need, operands first.
constexpr tape record(span<node const> from, list<int> const& order, span<int const> roots) {
  tape t;
  list<int> places(from.size());
  for (int const i : order) {
    node n = from[i];
    int const arity = operands(n.code);
    if (arity > 0) n.a = places[n.a];
    if (arity > 1) n.b = places[n.b];
    if (arity > 2) n.c = places[n.c];
    places[i] = t.operations.size();
    t.operations.push_back(n);
  }
  for (int const r : roots) t.results.push_back(r == none ? none : places[r]);
  return t;
}
}  // namespace detail

constexpr tape record(graph const& g, span<int const> roots) {
  return detail::record({g.data(), g.size()}, schedule(g, roots), roots);
}
/// What one result of a tape needs.
constexpr tape record(tape_view const& all, int result) {
  int const roots[] = {all.results[result]};
  return detail::record(all.operations, detail::schedule_few(all.operations, roots), roots);
}

}  // namespace nernst::ir
