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
  append(all);
}

NERNST_INLINE void compartments::cut(discretisation const& how) {
  double sum = 0;
  for (cable::branch const& b : shape_->branches()) {
    count_.push_back(how.count(b));
    sum += count_.back() + 1;
  }
  if (sum > cable::detail::most_compartments)
    detail::refuse<std::length_error>(
        {"compartments: expected at most ", cable::detail::most_compartments, ", found ", sum});
  first_.resize(count_.size());
  for (int b = 0; b < shape_->size(); ++b) cut(b, count_[static_cast<std::size_t>(b)]);
}

NERNST_INLINE void compartments::cut(int number, int count) {
  auto const k = static_cast<std::size_t>(number);
  cable::branch const& b = shape_->branches()[k];
  int before = b.parent == cable::none ? cable::none : attached_at({b.parent, b.at});
  if (b.parent == cable::none && !b.is_sphere)
    before = append({.centre = {number, 0}, .whole = {}});
  first_[k] = size();
  double resistance_before = 0;
  for (int c = 0; c < count; ++c) {
    double const from = static_cast<double>(c) / count, to = (c + 1.0) / count;
    node n{.parent = before, .centre = {number, (c + 0.5) / count}, .whole = b.between(from, to)};
    n.resistance = b.is_sphere ? 0 : b.between(from, n.centre.at).resistance;
    n.resistance_in_parent = resistance_before;
    resistance_before = b.is_sphere ? 0 : b.between(n.centre.at, to).resistance;
    before = append(n);
  }
  if (b.is_sphere) return;
  append({.parent = before,
          .centre = {number, 1},
          .whole = {},
          .resistance_in_parent = resistance_before});
}

NERNST_INLINE int compartments::attached_at(cable::location const& where) const {
  auto const b = static_cast<std::size_t>(where.branch);
  cable::branch const& one = shape_->branches()[b];
  int const first = first_[b], count = count_[b];
  if (one.is_sphere) return first;
  if (where.at == 1) return first + count;
  if (where.at == 0) return parent[static_cast<std::size_t>(first)];
  return first + std::min(static_cast<int>(where.at * count), count - 1);
}

NERNST_INLINE cable::stretches compartments::pieces(int compartment) const {
  if (is_single_) return shape_->all().whole();
  cable::location const& c = centre[static_cast<std::size_t>(compartment)];
  auto const b = static_cast<std::size_t>(c.branch);
  int const k = compartment - first_[b], count = count_[b];
  if (k < 0 || k >= count) return {};
  return {{c.branch, static_cast<double>(k) / count, (k + 1.0) / count}};
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
    auto const k = static_cast<std::size_t>(s.branch);
    cable::branch const& b = shape_->branches()[k];
    int const count = is_single_ ? 1 : count_[k];
    int const begin = is_single_ ? 0 : std::min(static_cast<int>(s.from * count), count - 1);
    for (int c = begin; c < count; ++c) {
      double const from = std::max(s.from, static_cast<double>(c) / count);
      double const to = std::min(s.to, (c + 1.0) / count);
      if (static_cast<double>(c) / count >= s.to) break;
      if (from < to) cover(is_single_ ? 0 : first_[k] + c, b.between(from, to).area);
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
  bool const is_there =
      where.branch >= 0 && where.branch < shape_->size() && where.at >= 0 && where.at <= 1;
  if (!is_there)
    detail::refuse<std::invalid_argument>(
        {"compartments: expected a place on a branch from 0 to ", shape_->size() - 1,
         ", at a fraction in [0, 1], found branch ", where.branch, " at ", where.at});
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
