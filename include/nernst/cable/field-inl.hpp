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

/// Fractions of a frustum between which what varies along it is smooth, and short.
NERNST_INLINE std::vector<double> field::samples(std::size_t branch, std::size_t frustum) const {
  constexpr int count = 16;
  std::vector<double> all;
  for (int k = 0; k <= count; ++k) all.push_back(static_cast<double>(k) / count);
  cable::branch const& b = of_->branches()[branch];
  double const start = frustum == 0 ? 0 : b.ends[frustum - 1];
  double const entry = (ways_[branch].entry * b.length() - start) / b.frusta[frustum].length;
  if (entry > 0 && entry < 1) all.insert(std::upper_bound(all.begin(), all.end(), entry), entry);
  return all;
}

/// Where a comparison turns between two fractions, at which its margins have different signs.
NERNST_INLINE double field::find_turn(std::size_t branch, std::size_t frustum,
                                      std::size_t comparison, turn_between ends) {
  auto const margin_at = [&](double fraction) {
    evaluate(branch, frustum, fraction);
    return margin(comparison);
  };
  double const guess = ends.low + (ends.high - ends.low) * ends.before / (ends.before - ends.after);
  double const least = 1e-14 * std::max(std::abs(ends.before), std::abs(ends.after));
  if (std::abs(margin_at(guess)) <= least) return guess;  // a straight line
  double const sign = ends.before < 0 ? -1 : 1;
  for (int step = 0; step < 60; ++step) {
    double const middle = (ends.low + ends.high) / 2;
    (margin_at(middle) * sign > 0 ? ends.low : ends.high) = middle;
  }
  return ends.high;
}

/// Between neighbouring samples a comparison turns once or, where it is wilder than a polynomial of
/// low order, maybe unseen.
NERNST_INLINE std::vector<double> field::turns(std::size_t branch, std::size_t frustum) {
  std::vector<double> const at = samples(branch, frustum);
  std::size_t const comparisons = results_.size() / 2;
  std::vector<double> all{0, 1}, before(comparisons);
  for (std::size_t k = 0; k < at.size(); ++k) {
    evaluate(branch, frustum, at[k]);
    std::vector<double> after;
    for (std::size_t c = 0; c < comparisons; ++c) after.push_back(margin(c));
    for (std::size_t c = 0; c < comparisons; ++c) {
      if (after[c] == 0) all.push_back(at[k]);
      if (k > 0 && before[c] * after[c] < 0)
        all.push_back(find_turn(branch, frustum, c, {at[k - 1], at[k], before[c], after[c]}));
    }
    before = after;
  }
  std::sort(all.begin(), all.end());
  return all;
}

NERNST_INLINE void field::append_where(int number, stretches& to) {
  auto const place = static_cast<std::size_t>(number);
  branch const& b = of_->branches()[place];
  for (std::size_t k = 0; k < b.frusta.size(); ++k) {
    double const size = b.frusta[k].length, start = k == 0 ? 0 : b.ends[k - 1];
    if (size == 0) continue;
    // The end of a frustum is computed in the same way as the next one's beginning: they touch.
    auto const fraction = [&](double of) {
      double const from_start = of == 1 ? b.ends[k] : start + of * size;
      return from_start / b.length();
    };
    std::vector<double> const at = turns(place, k);
    for (std::size_t t = 1; t < at.size(); ++t) {
      if (!(at[t - 1] < at[t])) continue;
      evaluate(place, k, (at[t - 1] + at[t]) / 2);
      if (results_[0] != 0 && !std::isnan(results_[0]))
        to.push_back({number, fraction(at[t - 1]), fraction(at[t])});
    }
  }
}

}  // namespace nernst::cable
