// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/brian_reading.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cmath>

namespace nernst::cable::detail {

class brian_reader {
 public:
  brian_reader(swc_source const& source, std::vector<swc_sample> const& all)
      : source_(source), all_(all), children_(all.size()), branch_of_(all.size(), none) {
    for (std::size_t k = 1; k < all_.size(); ++k)
      children_[static_cast<std::size_t>(all_[k].parent)].push_back(k);
    join_three_point_soma();
    std::vector<std::size_t> open{0};
    while (!open.empty()) {
      std::size_t const first = open.back();
      open.pop_back();
      std::size_t const last = read_section(first);
      // The first child is the next one to be taken.
      open.insert(open.end(), children_[last].rbegin(), children_[last].rend());
    }
  }

  std::vector<branch> take() { return std::move(branches_); }

 private:
  static constexpr int soma = 1;
  /// Types without a name are all the same to Brian.
  static int kind_of(swc_sample const& s) { return s.type >= 1 && s.type <= 4 ? s.type : 0; }

  void join_three_point_soma() {
    if (all_[0].type != soma) return;
    std::vector<std::size_t> of_soma;
    for (std::size_t const k : children_[0])
      if (all_[k].type == soma) of_soma.push_back(k);
    bool const is_candidate =
        of_soma.size() == 2 && children_[of_soma[0]].empty() && children_[of_soma[1]].empty();
    if (!is_candidate) return;
    point const& c = all_[0].where;
    for (std::size_t const k : of_soma) {
      point const& p = all_[k].where;
      double const off = distance_between(c, p) - c.radius;
      if (p.radius != c.radius || std::abs(off) > 0.1e-6)
        swc_error(source_, all_[k].line,
                  "a sample of a soma of three, as thick as the first and a radius away",
                  nernst::detail::message({"a radius of ", p.radius * 1e6, " um, ",
                                           (off + c.radius) * 1e6, " um away"}));
    }
    std::erase_if(children_[0], [&](std::size_t k) { return all_[k].type == soma; });
  }

  /// Makes a branch of the section that begins with a sample; returns its last.
  std::size_t read_section(std::size_t first) {
    std::vector<std::size_t> samples{first};
    while (continues(samples.back())) samples.push_back(children_[samples.back()][0]);
    if (samples.size() == 1 && all_[first].type == soma)
      append_sphere(first);
    else
      append(samples);
    branch_of_[samples.back()] = static_cast<int>(branches_.size()) - 1;
    return samples.back();
  }
  bool continues(std::size_t k) const {
    return children_[k].size() == 1 && kind_of(all_[children_[k][0]]) == kind_of(all_[k]);
  }

  void append_sphere(std::size_t k) {
    if (k != 0)
      swc_error(source_, all_[k].line, "a soma of one sample, a sphere, as the root alone",
                nernst::detail::message({"sample ", all_[k].id, " behind others"}));
    point a = all_[k].where, b = a;
    a.x -= a.radius;
    b.x += b.radius;
    branch all;
    all.frusta.push_back({a, b, 2 * a.radius, soma});
    all.ends.push_back(2 * a.radius);
    all.is_sphere = true;
    branches_.push_back(std::move(all));
  }

  void append(std::vector<std::size_t> const& samples) {
    swc_sample const& first = all_[samples[0]];
    std::vector<point> points;
    std::vector<int> tags;
    if (first.parent == none) {
      points.push_back(first.where);
    } else {
      swc_sample const& from = all_[static_cast<std::size_t>(first.parent)];
      points.push_back(from.where);
      if (from.type == soma) points.back().radius = first.where.radius;
    }
    for (std::size_t const k : samples) {
      if (all_[k].parent == none) continue;
      points.push_back(all_[k].where);
      tags.push_back(all_[k].type);
    }
    branch b = branch_between(points, tags);
    require_length(b, source_, first.line, "section", {first.id, all_[samples.back()].id});
    if (first.parent != none) b.parent = branch_of_[static_cast<std::size_t>(first.parent)];
    branches_.push_back(std::move(b));
  }

  swc_source source_;
  std::vector<swc_sample> const& all_;
  std::vector<std::vector<std::size_t>> children_;
  std::vector<int> branch_of_;  ///< of the last sample of each section
  std::vector<branch> branches_;
};

NERNST_INLINE std::vector<branch> brian_sections(swc_source const& source,
                                                 std::vector<swc_sample> const& all) {
  return brian_reader(source, all).take();
}

}  // namespace nernst::cable::detail
