// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/field.hpp>
#include <nernst/ir/print.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace nernst::cable {

namespace detail {

NERNST_INLINE bool is_comparison(ir::op code) {
  return code == ir::op::less || code == ir::op::less_equal || code == ir::op::greater ||
         code == ir::op::greater_equal || code == ir::op::equal || code == ir::op::not_equal;
}

/// The expression, and both sides of each of its comparisons.
NERNST_INLINE ir::tape with_comparisons(ir::tape tape) {
  ir::list<int> sides;
  for (ir::node const& n : tape.operations) {
    if (!is_comparison(n.code)) continue;
    sides.push_back(n.a);
    sides.push_back(n.b);
  }
  for (int const side : sides) tape.results.push_back(side);
  return tape;
}

}  // namespace detail

NERNST_INLINE field::field(morphology const& of, language::written_expression const& e,
                           std::string_view who)
    : of_(&of), ways_(of.ways()), evaluate_(detail::with_comparisons(e.code)) {
  constexpr std::string_view known = "distance, radius, diameter, position.x, position.y, "
                                     "position.z";
  auto const refuse = [&](std::string_view found) {
    nernst::detail::refuse<std::invalid_argument>(
        {who, ": expected an expression of ", known, ", found ", found});
  };
  std::size_t comparisons = 0;
  for (ir::node const& n : e.code.operations) {
    if (ir::is_random(n.code)) refuse("a random number");
    if (ir::is_lookup(n.code)) refuse("a timed array");
    if (ir::is_call(n.code)) refuse("a function of one's own");
    comparisons += detail::is_comparison(n.code) ? 1 : 0;
  }
  for (int k = 0; k < e.variables.size(); ++k) {
    std::string_view const id = e.variables[k].id.view();
    auto const place = std::find(detail::field_names.begin(), detail::field_names.end(), id);
    bool const is_known =
        place != detail::field_names.end() && e.variables[k].unit == ir::units::metre;
    if (!is_known) refuse("'" + ir::spelling(e.variables[k]) + "'");
    here_.leaves.push_back(static_cast<std::size_t>(place - detail::field_names.begin()));
  }
  results_.resize(1 + 2 * comparisons);
}

NERNST_INLINE void field::evaluate(std::size_t branch, std::size_t frustum, double fraction) {
  cable::branch const& b = of_->branches()[branch];
  cable::frustum const& f = b.frusta[frustum];
  way const& w = ways_[branch];
  point const p = f.at(fraction);
  double const start = frustum == 0 ? 0 : b.ends[frustum - 1];
  double const from_entry = start + fraction * f.length - w.entry * b.length();
  double const path = b.is_sphere ? 0 : std::abs(from_entry);
  here_.values = {w.length + path, p.radius, 2 * p.radius, p.x, p.y, p.z};
  evaluate_(here_, results_);
}

NERNST_INLINE double field::at(location const& place) {
  auto const b = static_cast<std::size_t>(place.branch);
  branch::spot const s = of_->branches()[b].find(place.at);
  evaluate(b, s.frustum, s.fraction);
  return results_[0];
}

/// Between neighbouring samples a comparison turns once or, where it is wilder than a polynomial of
/// low order, maybe unseen.
NERNST_INLINE void field::find_turns(std::size_t branch, std::size_t frustum,
                                     std::vector<double>& turns) {
  constexpr int samples = 16;
  std::size_t const comparisons = results_.size() / 2;
  auto const margin_at = [&](std::size_t c, double fraction) {
    evaluate(branch, frustum, fraction);
    return margin(c);
  };
  for (std::size_t c = 0; c < comparisons; ++c) {
    double before = margin_at(c, 0);
    for (int k = 1; k <= samples; ++k) {
      double low = (k - 1.0) / samples, high = static_cast<double>(k) / samples;
      double const after = margin_at(c, high);
      if (before == 0) turns.push_back(low);
      if (after == 0) turns.push_back(high);
      if (before * after < 0) {
        // A straight line turns where it is expected to.
        double const guess = low + (high - low) * before / (before - after);
        double const there = margin_at(c, guess);
        double middle = guess;
        if (std::abs(there) > 1e-14 * std::max(std::abs(before), std::abs(after))) {
          double const sign = before < 0 ? -1 : 1;
          for (int step = 0; step < 60; ++step) {
            middle = (low + high) / 2;
            (margin_at(c, middle) * sign > 0 ? low : high) = middle;
          }
        }
        turns.push_back(middle);
      }
      before = after;
    }
  }
  std::sort(turns.begin(), turns.end());
}

NERNST_INLINE void field::append_where(int number, stretches& to) {
  auto const place = static_cast<std::size_t>(number);
  branch const& b = of_->branches()[place];
  for (std::size_t k = 0; k < b.frusta.size(); ++k) {
    double const size = b.frusta[k].length, start = k == 0 ? 0 : b.ends[k - 1];
    if (size == 0) continue;
    std::vector<double> turns{0};
    find_turns(place, k, turns);
    turns.push_back(1);
    for (std::size_t t = 1; t < turns.size(); ++t) {
      if (!(turns[t - 1] < turns[t])) continue;
      evaluate(place, k, (turns[t - 1] + turns[t]) / 2);
      if (results_[0] == 0 || std::isnan(results_[0])) continue;
      auto const fraction = [&](double of) {
        bool const at_end = of == 1 && k + 1 == b.frusta.size();
        return at_end ? 1 : (start + of * size) / b.length();
      };
      // The same end is computed in the same way for neighbours, so that they touch.
      double const from = turns[t - 1] == 0 ? start / b.length() : fraction(turns[t - 1]);
      double const until = turns[t] == 1 ? (k + 1 == b.frusta.size() ? 1 : b.ends[k] / b.length())
                                         : fraction(turns[t]);
      to.push_back({number, from, until});
    }
  }
}

}  // namespace nernst::cable
