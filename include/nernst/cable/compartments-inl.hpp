// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/compartments.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace nernst {

NERNST_INLINE compartments::compartments(morphology const& of, discretisation const& how)
    : shape_(std::make_shared<morphology>(of)), is_single_(how.is_single()) {
  if (is_single_)
    merge();
  else
    cut(how);
}

NERNST_INLINE int compartments::append(node const& n) {
  parent.push_back(n.parent);
  centre.push_back(n.centre);
  from.push_back(n.from);
  to.push_back(n.to);
  length.push_back(n.whole.length);
  area.push_back(n.whole.area);
  volume.push_back(n.whole.volume);
  diameter.push_back(n.whole.length > 0 ? n.whole.thickness / n.whole.length
                                        : 2 * shape_->point_at(n.centre).radius);
  resistance.push_back(n.resistance);
  resistance_in_parent.push_back(n.resistance_in_parent);
  return size() - 1;
}

NERNST_INLINE void compartments::merge() {
  node all;
  for (cable::branch const& b : shape_->branches()) all.whole += b.between(0, 1);
  all.centre = {0, 0.5};
  all.to = 1;
  append(all);
}

NERNST_INLINE void compartments::cut(discretisation const& how) {
  std::size_t const most = cable::detail::most_compartments;
  for (int b = 0; b < shape_->size(); ++b) {
    auto const ends = how.ends(shape_->branch_at(b));
    if (parent.size() + ends.size() > most)
      detail::refuse<std::length_error>(
          {"compartments: expected at most ", most, ", found more in ", b + 1, " branches"});
    cut(b, ends);
  }
}

NERNST_INLINE void compartments::cut(int number, std::vector<double> const& ends) {
  auto const k = static_cast<std::size_t>(number);
  cable::branch const& b = shape_->branches()[k];
  int before = b.parent == cable::none ? cable::none : attached_at({b.parent, b.at});
  if (b.parent == cable::none && !b.is_sphere)
    before = append({.centre = {number, 0}, .whole = {}});
  first_.push_back(size());
  count_.push_back(static_cast<int>(ends.size()));
  double begin = 0, resistance_before = 0;
  for (double const end : ends) {
    double const middle = (begin + end) / 2;
    node n{.parent = before,
           .centre = {number, middle},
           .from = begin,
           .to = end,
           .whole = b.between(begin, end)};
    n.resistance = b.is_sphere ? 0 : b.between(begin, middle).resistance;
    n.resistance_in_parent = resistance_before;
    resistance_before = b.is_sphere ? 0 : b.between(middle, end).resistance;
    before = append(n);
    begin = end;
  }
  if (b.is_sphere) return;
  append({.parent = before,
          .centre = {number, 1},
          .from = 1,
          .to = 1,
          .whole = {},
          .resistance_in_parent = resistance_before});
}

NERNST_INLINE int compartments::at_fraction(int branch, double fraction) const {
  auto const b = static_cast<std::size_t>(branch);
  auto const first = to.begin() + first_[b], last = first + count_[b] - 1;
  return static_cast<int>(std::upper_bound(first, last, fraction) - to.begin());
}

NERNST_INLINE int compartments::attached_at(cable::location const& where) const {
  auto const b = static_cast<std::size_t>(where.branch);
  int const first = first_[b], count = count_[b];
  if (shape_->branches()[b].is_sphere) return first;
  if (where.at == 1) return first + count;
  if (where.at == 0) return parent[static_cast<std::size_t>(first)];
  return at_fraction(where.branch, where.at);
}

NERNST_INLINE cable::stretches compartments::pieces(int compartment) const {
  if (is_single_) return shape_->all().whole();
  auto const k = static_cast<std::size_t>(compartment);
  if (!(from[k] < to[k])) return {};
  return {{centre[k].branch, from[k], to[k]}};
}

NERNST_INLINE std::vector<cable::covered> compartments::covered_by(region const& where) const {
  std::vector<cable::covered> all;
  auto const cover = [&](int compartment, double covered_area) {
    bool const again = !all.empty() && all.back().compartment == compartment;
    double const fraction = covered_area / area[static_cast<std::size_t>(compartment)];
    if (again)
      all.back().fraction += fraction;
    else
      all.push_back({compartment, fraction});
  };
  for (cable::stretch const& s : where.in(*shape_)) {
    cable::branch const& b = shape_->branch_at(s.branch);
    if (is_single_) {
      cover(0, b.between(s.from, s.to).area);
      continue;
    }
    for (int c = at_fraction(s.branch, s.from); c < size(); ++c) {
      auto const k = static_cast<std::size_t>(c);
      double const begin = std::max(s.from, from[k]), end = std::min(s.to, to[k]);
      if (centre[k].branch != s.branch || !(begin < end)) break;
      cover(c, b.between(begin, end).area);
    }
  }
  if (all.empty())
    detail::refuse<std::invalid_argument>(
        {"region: expected one with compartments, found none in ", where.text()});
  for (cable::covered& c : all) c.fraction = std::min(c.fraction, 1.0);
  return all;
}

NERNST_INLINE std::vector<int> compartments::holding(places const& where) const {
  std::vector<int> all;
  for (cable::location const& place : where.on(*shape_)) all.push_back(holding(place));
  return all;
}

NERNST_INLINE int compartments::holding(cable::location const& where) const {
  cable::detail::require_place("compartments", *shape_, where);
  return is_single_ ? 0 : attached_at(where);
}

NERNST_INLINE std::vector<double>
compartments::axial_conductance(cable::axial_resistivity resistivity) const {
  return axial_conductance(std::vector<double>(parent.size(), resistivity.si));
}

NERNST_INLINE std::vector<double>
compartments::axial_conductance(std::vector<double> const& resistivity) const {
  if (resistivity.size() != parent.size())
    detail::refuse<std::invalid_argument>({"axial_conductance: expected ", parent.size(),
                                           " resistivities, found ", resistivity.size()});
  for (double const r : resistivity)
    cable::detail::require_positive("axial_conductance: expected a resistivity", r);
  std::vector<double> all(parent.size());
  for (std::size_t k = 0; k < parent.size(); ++k) {
    if (parent[k] == cable::none) continue;
    all[k] = 1 / (resistance[k] * resistivity[k] +
                  resistance_in_parent[k] * resistivity[static_cast<std::size_t>(parent[k])]);
  }
  return all;
}

NERNST_INLINE std::vector<double> compartments::values(language::written_expression const& e,
                                                       double unit) const {
  cable::field value(*shape_, e, "values");
  std::vector<double> all;
  for (cable::location const& place : centre) all.push_back(value.at(place) / unit);
  return all;
}

}  // namespace nernst
