// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/shape_file.hpp>
#include <nernst/io/npz.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>

namespace nernst {

namespace cable::detail {

NERNST_INLINE void cones::append(int number, frustum const& of, double from, double to) {
  point const p = of.at(from), q = of.at(to);
  compartment.push_back(number);
  tag.push_back(of.tag);
  begin.insert(begin.end(), {p.x, p.y, p.z});
  end.insert(end.end(), {q.x, q.y, q.z});
  radius.insert(radius.end(), {p.radius, q.radius});
}

NERNST_INLINE void cones::append(int number, branch const& of, stretch const& in) {
  for (std::size_t k = 0; k < of.frusta.size(); ++k) {
    double const start = k == 0 ? 0 : of.ends[k - 1], size = of.frusta[k].length;
    if (!(size > 0)) continue;
    double const from = std::max((in.from * of.length() - start) / size, 0.0);
    double const to = std::min((in.to * of.length() - start) / size, 1.0);
    if (from < to) append(number, of.frusta[k], from, to);
  }
}

NERNST_INLINE cones cones_of(compartments const& all) {
  cones found;
  for (int c = 0; c < all.size(); ++c)
    for (stretch const& s : all.pieces(c)) found.append(c, all.shape().branch_at(s.branch), s);
  return found;
}

}  // namespace cable::detail

NERNST_INLINE void save_shape(compartments const& of, std::string const& path) {
  if (!path.ends_with(".npz"))
    detail::refuse<std::invalid_argument>(
        {"save_shape: expected a file that ends with .npz, found '", path, "'"});
  std::vector<int> branch;
  std::vector<double> distance;
  for (cable::location const& place : of.centre) {
    branch.push_back(place.branch);
    distance.push_back(of.shape().distance(place));
  }
  cable::detail::cones const cones = cable::detail::cones_of(of);
  std::size_t const count = cones.tag.size();
  io::write_npz(path, {{"parent", "1", of.parent},
                       {"branch", "1", branch},
                       {"distance", "m", distance},
                       {"length", "m", of.length},
                       {"diameter", "m", of.diameter},
                       {"area", "m^2", of.area},
                       {"cone_compartment", "1", cones.compartment},
                       {"cone_tag", "1", cones.tag},
                       {"cone_begin", "m", cones.begin, count, 3},
                       {"cone_end", "m", cones.end, count, 3},
                       {"cone_radius", "m", cones.radius, count, 2}});
}

}  // namespace nernst
