// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/generator.hpp>
#include <nernst/network/connect/bound_formula.hpp>
#include <nernst/network/connect/independent_trials.hpp>
#include <nernst/network/connect/row_lists.hpp>
#include <nernst/network/connect/where.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

namespace nernst {

namespace detail {

/// The formulas of a rule, as far as they are given.
struct where_formulas {
  std::optional<bound_formula> condition, probability, number;

  static bound_formula const* of(std::optional<bound_formula> const& f) {
    return f ? &*f : nullptr;
  }
  /// Whether a formula is the same for all targets of a source.
  static bool is_of_row(std::optional<bound_formula> const& f) {
    return !f || !(f->is_random || f->reads(pair_leaf_kind::target) ||
                   f->reads(pair_leaf_kind::of_target));
  }
};

/// The targets of one source after the other.
class where_rows {
 public:
  where_rows(where_formulas const& all, connection_request const& request)
      : condition_(where_formulas::of(all.condition), 1),
        probability_(where_formulas::of(all.probability), 1),
        number_(where_formulas::of(all.number), 1), request_(&request),
        condition_of_row_(where_formulas::is_of_row(all.condition)),
        probability_of_row_(where_formulas::is_of_row(all.probability)) {}

  void operator()(std::uint32_t source, std::vector<std::uint32_t>& row) {
    pair_place at{.source = static_cast<double>(source), .row = source};
    if (condition_of_row_ && condition_(at) == 0) return;
    double const p = probability_of_row_ ? probability_(at) : 1;
    if (p >= 1) {
      for (std::uint32_t target = 0; target < request_->targets; ++target)
        try_pair(at, target, row);
    } else if (p > 0) {
      try_some(at, p, row);
    }
  }

 private:
  void try_some(pair_place at, double p, std::vector<std::uint32_t>& row) {
    failures_before_success const failures(p);
    row_random random(key_of(*request_, connecting_draw::trials), at.row);
    for (std::uint32_t next = 0;; ++next) {
      std::uint32_t const low = random.word();
      double const n = failures(low, random.word());
      if (!(n < static_cast<double>(request_->targets - next))) return;
      next += static_cast<std::uint32_t>(n);
      try_pair(at, next, row);
    }
  }
  void try_pair(pair_place at, std::uint32_t target, std::vector<std::uint32_t>& row) {
    at.target = target;
    at.column = target;
    if (!condition_of_row_ && condition_(at) == 0) return;
    if (!probability_of_row_) {
      double const u =
          kernel::uniform<double>(key_of(*request_, connecting_draw::trials), at.row, target);
      bool const succeeds = u < probability_(at);
      if (!succeeds) return;
    }
    row.insert(row.end(), multiplicity("where", number_, at), target);
  }

  pair_value condition_, probability_, number_;
  connection_request const* request_;
  bool condition_of_row_, probability_of_row_;
};

}  // namespace detail

NERNST_INLINE connection_list where_rule::build(executor const& run,
                                                connection_request const& request) const {
  using brian::generator_part;
  char const* const name = "where";
  detail::pair_binder binder(name, request);
  auto const bind = [&](detail::pair_formula const& f, generator_part part) {
    return f.is_given() ? std::optional(binder.bind(f.read(name, part, request))) : std::nullopt;
  };
  detail::where_formulas all;
  all.condition = bind(condition_, generator_part::condition);
  all.probability = bind(probability_, generator_part::probability);
  all.number = bind(number_, generator_part::element);
  return detail::list_of_rows(name, run, request.sources, detail::where_rows(all, request),
                              request.limit.listed());
}

}  // namespace nernst
