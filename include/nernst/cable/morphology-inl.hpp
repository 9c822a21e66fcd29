// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/morphology.hpp>
#include <nernst/cable/swc.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace nernst {

namespace cable::detail {

/// A direction in space, and lengths in it.
struct direction {
  double x = 1, y = 0, z = 0;
};

NERNST_INLINE direction direction_of(branch const& b) {
  point const &from = b.frusta.front().proximal, &to = b.frusta.back().distal;
  double const size = distance_between(from, to);
  if (!(size > 0)) return {};
  return {(to.x - from.x) / size, (to.y - from.y) / size, (to.z - from.z) / size};
}

/// The direction, turned in the plane that it spans with y (or z, where it is y).
NERNST_INLINE direction turned(direction const& d, double angle) {
  direction side = std::abs(d.y) < 0.9 ? direction{-d.x * d.y, 1 - d.y * d.y, -d.z * d.y}
                                       : direction{-d.x * d.z, -d.y * d.z, 1 - d.z * d.z};
  double const size = std::hypot(side.x, side.y, side.z);
  double const c = std::cos(angle), s = std::sin(angle) / size;
  return {c * d.x + s * side.x, c * d.y + s * side.y, c * d.z + s * side.z};
}

NERNST_INLINE point along(point const& from, direction const& d, point const& p) {
  return {from.x + p.x * d.x, from.y + p.x * d.y, from.z + p.x * d.z, p.radius};
}

NERNST_INLINE void require_place(char const* who, morphology const& of, location const& place) {
  bool const is_there =
      place.branch >= 0 && place.branch < of.size() && place.at >= 0 && place.at <= 1;
  if (is_there) return;
  nernst::detail::refuse<std::invalid_argument>(
      {who, ": expected a place on a branch from 0 to ", of.size() - 1,
       ", at a fraction in [0, 1], found branch ", place.branch, " at ", place.at});
}

}  // namespace cable::detail

NERNST_INLINE morphology::morphology(cable::branch_shape const& root, std::string_view name) {
  cable::branch one;
  one.name = name;
  one.frusta = root.frusta();
  one.ends = cable::detail::ends_of(one.frusta);
  one.is_sphere = root.is_sphere();
  branches_.push_back(std::move(one));
}

NERNST_INLINE morphology morphology::from_swc(std::string const& path, swc_reading how) {
  morphology all;
  all.branches_ = cable::read_swc(cable::swc_text(path), how, path);
  return all;
}

NERNST_INLINE morphology morphology::from_swc_text(std::string_view text, swc_reading how,
                                                   std::string_view name) {
  morphology all;
  all.branches_ = cable::read_swc(text, how, name);
  return all;
}

NERNST_INLINE int morphology::child_named(int parent, std::string_view name) const {
  for (int b = parent + 1; b < size(); ++b) {
    cable::branch const& one = branches_[static_cast<std::size_t>(b)];
    if (one.parent == parent && one.name == name) return b;
  }
  return cable::none;
}

NERNST_INLINE int morphology::child_called(int parent, char name) const {
  int const named = child_named(parent, std::string_view(&name, 1));
  if (named != cable::none) return named;
  std::vector<int> const all = children(parent);
  bool const is_letter = name == 'L' || name == 'R';
  if (is_letter && all.size() > 2) return cable::none;
  auto const rank = static_cast<std::size_t>(is_letter ? name == 'R' : name - '1');
  return rank < all.size() ? all[rank] : cable::none;
}

NERNST_INLINE int morphology::find_path(int from, std::string_view name) const {
  int const child = child_named(from, name);
  bool const is_path = !name.empty() && name.find_first_not_of("LR123456789") == name.npos;
  if (child != cable::none || !is_path) return child;
  int at = from;
  for (char const letter : name) {
    at = child_called(at, letter);
    if (at == cable::none) return at;
  }
  return at;
}

NERNST_INLINE std::vector<int> morphology::named(std::string_view name) const {
  std::vector<int> all;
  for (int b = 0; b < size(); ++b)
    if (branches_[static_cast<std::size_t>(b)].name == name) all.push_back(b);
  return all;
}

NERNST_INLINE int morphology::find_from_root(std::string_view name) const {
  if (branches_[0].name == name) return 0;
  int const near = find_path(0, name);
  if (near != cable::none) return near;
  std::vector<int> const all = named(name);
  return all.size() == 1 ? all[0] : cable::none;
}

NERNST_INLINE int morphology::find(std::string_view name) const {
  std::vector<int> const all = named(name);
  if (all.size() == 1) return all[0];
  detail::refuse<std::invalid_argument>(
      {"morphology: expected one branch '", name, "', found ", all.size()});
}

NERNST_INLINE int morphology::attach(int parent, double at, cable::branch_shape const& shape,
                                     std::string_view name) {
  if (parent < 0 || parent >= size())
    detail::refuse<std::invalid_argument>({"morphology: expected a branch from 0 to ", size() - 1,
                                           " to attach '", name, "' to, found ", parent});
  if (!(at >= 0 && at <= 1))
    detail::refuse<std::invalid_argument>(
        {"morphology: expected '", name, "' to begin at a fraction in [0, 1], found ", at});
  if (child_named(parent, name) != cable::none)
    detail::refuse<std::invalid_argument>({"morphology: expected a new name behind '",
                                           branches_[static_cast<std::size_t>(parent)].name,
                                           "', found '", name, "'"});
  if (shape.is_sphere())
    detail::refuse<std::invalid_argument>(
        {"morphology: expected a sphere as the root alone, found '", name, "' behind '",
         branches_[static_cast<std::size_t>(parent)].name,
         "'; a cylinder as long as thick has "
         "the same area"});
  cable::branch one;
  one.name = name;
  one.parent = parent;
  one.at = at;
  one.frusta = shape.frusta();
  one.ends = cable::detail::ends_of(one.frusta);
  if (!shape.is_placed()) place(one);
  branches_.push_back(std::move(one));
  return size() - 1;
}

/// Siblings spread like fingers, so that a picture shows them all.
NERNST_INLINE void morphology::place(cable::branch& one) const {
  constexpr double between = 0.5;
  int const rank = static_cast<int>(children(one.parent).size());
  double const angle = (rank % 2 == 0 ? 1 : -1) * between * ((rank + 1) / 2);
  cable::branch const& parent = branches_[static_cast<std::size_t>(one.parent)];
  auto const d = cable::detail::turned(cable::detail::direction_of(parent), angle);
  cable::point const from = parent.point_at(one.at);
  for (cable::frustum& f : one.frusta)
    for (cable::point* p : {&f.proximal, &f.distal}) *p = cable::detail::along(from, d, *p);
}

NERNST_INLINE void morphology::remove(int branch) {
  if (branch <= 0 || branch >= size())
    detail::refuse<std::invalid_argument>(
        {"morphology: expected a branch from 1 to ", size() - 1, " to remove, found ", branch});
  std::vector<int> place(branches_.size(), cable::none);
  std::vector<cable::branch> rest;
  for (std::size_t b = 0; b < branches_.size(); ++b) {
    cable::branch& one = branches_[b];
    bool const is_root = one.parent == cable::none;
    int const parent = is_root ? 0 : place[static_cast<std::size_t>(one.parent)];
    if (static_cast<int>(b) == branch || parent == cable::none) continue;
    if (!is_root) one.parent = parent;
    place[b] = static_cast<int>(rest.size());
    rest.push_back(std::move(one));
  }
  int const origin = place[static_cast<std::size_t>(origin_.branch)];
  origin_ = origin == cable::none ? cable::location{} : cable::location{origin, origin_.at};
  branches_ = std::move(rest);
}

NERNST_INLINE std::vector<int> morphology::children(int branch) const {
  std::vector<int> all;
  for (int b = branch + 1; b < size(); ++b)
    if (branches_[static_cast<std::size_t>(b)].parent == branch) all.push_back(b);
  return all;
}

NERNST_INLINE cable::location const& morphology::checked(cable::location const& place) const {
  cable::detail::require_place("morphology", *this, place);
  return place;
}

NERNST_INLINE void morphology::measure_from(cable::location const& origin) {
  origin_ = checked(origin);
}

NERNST_INLINE std::vector<cable::way> morphology::ways() const {
  std::vector<cable::way> all(branches_.size(), {-1, 0});
  double length = 0;
  for (cable::location at = origin_; at.branch != cable::none;) {
    auto const k = static_cast<std::size_t>(at.branch);
    all[k] = {at.at, length};
    length += at.at * branches_[k].path();
    at = {branches_[k].parent, branches_[k].at};
  }
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (all[k].entry >= 0) continue;
    cable::branch const& b = branches_[k];
    auto const p = static_cast<std::size_t>(b.parent);
    all[k] = {0, all[p].length + std::abs(b.at - all[p].entry) * branches_[p].path()};
  }
  return all;
}

NERNST_INLINE double morphology::distance(cable::location const& at) const {
  auto const k = static_cast<std::size_t>(checked(at).branch);
  cable::way const w = ways()[k];
  return w.length + std::abs(at.at - w.entry) * branches_[k].path();
}

NERNST_INLINE cable::point morphology::point_at(cable::location const& at) const {
  return branches_[static_cast<std::size_t>(checked(at).branch)].point_at(at.at);
}

}  // namespace nernst
