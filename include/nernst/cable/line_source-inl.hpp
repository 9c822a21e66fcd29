// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/line_source.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nernst::cable {

namespace detail {
/// The mean of 1 over the distance along a line, seen from the origin.
inline double mean_inverse_distance(point const& from, point const& to) {
  double const dx = to.x - from.x, dy = to.y - from.y, dz = to.z - from.z;
  double const length = std::sqrt(dx * dx + dy * dy + dz * dz);
  double const radius = (from.radius + to.radius) / 2;
  auto const distance = [&](point const& p) {
    return std::max(std::sqrt(p.x * p.x + p.y * p.y + p.z * p.z), radius);
  };
  if (!(length > 0)) return 1 / distance(from);
  // Along the line, counted from its beginning, and beside it.
  double const along = -(from.x * dx + from.y * dy + from.z * dz) / length;
  double const far = from.x * from.x + from.y * from.y + from.z * from.z;
  double const beside = std::max(std::sqrt(std::max(far - along * along, 0.0)), radius);
  return (std::asinh(along / beside) - std::asinh((along - length) / beside)) / length;
}
}  // namespace detail

NERNST_INLINE std::vector<double> line_source_weights(compartments const& of,
                                                      position const& electrode,
                                                      position const& moved, double conductivity) {
  double const to_origin[] = {moved.x.si - electrode.x.si, moved.y.si - electrode.y.si,
                              moved.z.si - electrode.z.si};
  auto const seen = [&](location const& where) {
    point p = of.shape().point_at(where);
    p.x += to_origin[0];
    p.y += to_origin[1];
    p.z += to_origin[2];
    return p;
  };
  std::vector<double> all;
  for (std::size_t k = 0; k < of.parent.size(); ++k) {
    int const branch = of.centre[k].branch;
    bool const is_sphere = of.shape().branch_at(branch).is_sphere;
    point const from = seen(is_sphere ? of.centre[k] : location{branch, of.from[k]});
    point const to = seen(is_sphere ? of.centre[k] : location{branch, of.to[k]});
    all.push_back(detail::mean_inverse_distance(from, to) / (4 * std::numbers::pi * conductivity));
  }
  return all;
}

}  // namespace nernst::cable
