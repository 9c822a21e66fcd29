// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/branch.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace nernst::cable {

NERNST_INLINE extent& extent::operator+=(extent const& other) {
  length += other.length;
  area += other.area;
  volume += other.volume;
  resistance += other.resistance;
  thickness += other.thickness;
  return *this;
}

NERNST_INLINE point frustum::at(double fraction) const {
  auto const mix = [&](double a, double b) { return a + fraction * (b - a); };
  if (fraction == 1) return distal;
  return {mix(proximal.x, distal.x), mix(proximal.y, distal.y), mix(proximal.z, distal.z),
          mix(proximal.radius, distal.radius)};
}

NERNST_INLINE extent frustum::between(double from, double to) const {
  double const a = at(from).radius, b = at(to).radius, size = (to - from) * length;
  constexpr double pi = std::numbers::pi;
  extent e;
  e.length = size;
  e.area = pi * (a + b) * std::hypot(size, b - a);
  e.volume = pi * size * (a * a + a * b + b * b) / 3;
  e.resistance = size / (pi * a * b);
  e.thickness = (a + b) * size;
  return e;
}

NERNST_INLINE branch::spot branch::find(double fraction) const {
  double const goal = fraction * length();
  auto const next = std::upper_bound(ends.begin(), ends.end(), goal);
  if (next == ends.end() || fraction >= 1) return {frusta.size() - 1, 1};
  auto const k = static_cast<std::size_t>(next - ends.begin());
  double const start = k == 0 ? 0 : ends[k - 1];
  return {k, frusta[k].length > 0 ? std::clamp((goal - start) / frusta[k].length, 0.0, 1.0) : 0};
}

NERNST_INLINE point branch::point_at(double fraction) const {
  spot const s = find(fraction);
  return frusta[s.frustum].at(s.fraction);
}

NERNST_INLINE extent branch::between(double from, double to) const {
  double const first = from * length(), last = to >= 1 ? length() : to * length();
  extent sum;
  auto k =
      static_cast<std::size_t>(std::lower_bound(ends.begin(), ends.end(), first) - ends.begin());
  for (; k < frusta.size(); ++k) {
    double const start = k == 0 ? 0 : ends[k - 1], size = frusta[k].length;
    if (start > last) break;
    if (size == 0) {
      if (start > first || first == 0) sum += frusta[k].between(0, 1);
      continue;
    }
    double const a = start >= first ? 0 : (first - start) / size;
    double const b = ends[k] <= last ? 1 : (last - start) / size;
    if (a < b) sum += frusta[k].between(a, b);
  }
  return sum;
}

NERNST_INLINE branch_shape branch_shape::tagged(int tag) const {
  branch_shape all = *this;
  for (frustum& f : all.frusta_) f.tag = tag;
  return all;
}

}  // namespace nernst::cable

namespace nernst::cable::detail {

NERNST_INLINE double distance_between(point const& a, point const& b) {
  return std::hypot(b.x - a.x, b.y - a.y, b.z - a.z);
}

NERNST_INLINE std::vector<double> ends_of(std::vector<frustum> const& frusta) {
  std::vector<double> ends;
  double end = 0;
  for (frustum const& f : frusta) ends.push_back(end += f.length);
  return ends;
}

NERNST_INLINE void require_fraction(char const* who, double fraction) {
  if (fraction >= 0 && fraction <= 1) return;
  nernst::detail::refuse<std::invalid_argument>(
      {who, ": expected a fraction in [0, 1], found ", fraction});
}

NERNST_INLINE double positive(char const* who, char const* what, length size) {
  if (std::isfinite(size.si) && size.si > 0) return size.si;
  nernst::detail::refuse<std::invalid_argument>(
      {who, ": expected a ", what, " above 0 um, found ", size.si * 1e6, " um"});
}

NERNST_INLINE void require_finite(char const* who, point const& p) {
  for (double const number : {p.x, p.y, p.z})
    if (!std::isfinite(number))
      nernst::detail::refuse<std::invalid_argument>(
          {who, ": expected finite coordinates, found ", number});
}

}  // namespace nernst::cable::detail

namespace nernst::dsl {

NERNST_INLINE cable::branch_shape sphere(cable::length diameter) {
  double const d = cable::detail::positive("sphere", "diameter", diameter);
  cable::frustum f{{-d / 2, 0, 0, d / 2}, {d / 2, 0, 0, d / 2}, d, 1};
  return {{f}, false, true};
}

NERNST_INLINE cable::branch_shape cylinder(cable::length length, cable::length diameter) {
  double const size = cable::detail::positive("cylinder", "length", length);
  double const r = cable::detail::positive("cylinder", "diameter", diameter) / 2;
  return {{cable::frustum{{0, 0, 0, r}, {size, 0, 0, r}, size, 0}}, false};
}

NERNST_INLINE cable::branch_shape cylinder(cable::length length, cable::length diameter,
                                           int frusta) {
  if (frusta < 1)
    nernst::detail::refuse<std::invalid_argument>(
        {"cylinder: expected at least 1 frustum, found ", frusta});
  auto const count = static_cast<std::size_t>(frusta);
  return section(std::vector<cable::length>(count, length / frusta),
                 std::vector<cable::length>(count + 1, diameter));
}

NERNST_INLINE cable::branch_shape section(std::vector<cable::length> const& lengths,
                                          std::vector<cable::length> const& diameters) {
  if (lengths.empty() || diameters.size() != lengths.size() + 1)
    nernst::detail::refuse<std::invalid_argument>(
        {"section: expected lengths, and one more diameter, found ", lengths.size(),
         " lengths and ", diameters.size(), " diameters"});
  std::vector<cable::frustum> frusta;
  double x = 0, r = cable::detail::positive("section", "diameter", diameters[0]) / 2;
  for (std::size_t k = 0; k < lengths.size(); ++k) {
    double const size = cable::detail::positive("section", "length", lengths[k]);
    double const end = cable::detail::positive("section", "diameter", diameters[k + 1]) / 2;
    frusta.push_back({{x, 0, 0, r}, {x + size, 0, 0, end}, size, 0});
    x += size;
    r = end;
  }
  return {std::move(frusta), false};
}

NERNST_INLINE cable::branch_shape section(std::vector<cable::section_point> const& points) {
  if (points.size() < 2)
    nernst::detail::refuse<std::invalid_argument>(
        {"section: expected at least two points, found ", points.size()});
  std::vector<cable::frustum> frusta;
  double all = 0;
  auto const plain = [](cable::section_point const& p) {
    cable::point const q{p.x.si, p.y.si, p.z.si,
                         cable::detail::positive("section", "diameter", p.diameter) / 2};
    cable::detail::require_finite("section", q);
    return q;
  };
  for (std::size_t k = 1; k < points.size(); ++k) {
    cable::point const a = plain(points[k - 1]), b = plain(points[k]);
    double const size = cable::detail::distance_between(a, b);
    all += size;
    if (size > 0 || a.radius != b.radius) frusta.push_back({a, b, size, 0});
  }
  if (!(all > 0))
    nernst::detail::refuse<std::invalid_argument>(
        {"section: expected points at different places, found ", points.size(), " at the same"});
  return {std::move(frusta), true};
}

}  // namespace nernst::dsl
