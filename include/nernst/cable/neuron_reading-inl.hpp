// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/neuron_reading.hpp>
#include <nernst/refuse.hpp>

#include <cmath>

namespace nernst::cable::detail {

/// The steps of NEURON's Import3d_SWC_read, share/lib/hoc/import3d/read_swc.hoc.
class neuron_reader {
 public:
  neuron_reader(swc_source const& source, std::vector<swc_sample> const& samples)
      : source_(source), all_(samples), continuation_(samples.size()),
        soma_children_(samples.size()), begins_proximally_(samples.size()) {
    mark_forks();
    count_soma();
    is_spherical_ = is_three_point_sphere();
    if (is_spherical_) all_[2].parent = 1;
    join_soma();
    make_sections();
    remove_points();
  }

  std::vector<branch> branches() const {
    std::vector<branch> all;
    std::vector<int> place(sections_.size(), none);
    for (std::size_t k = 0; k < sections_.size(); ++k) {
      section const& s = sections_[k];
      if (s.is_removed) continue;
      branch b = branch_between(s.points, std::vector<int>(s.points.size() - 1, s.type));
      if (!(b.length() > 0))
        swc_error(source_, all_[s.first].line, "a section with a length",
                  nernst::detail::message({"sample ", all_[s.first].id, " and ",
                                           s.points.size() - 1, " more at one place"}));
      if (s.parent != none) b.parent = place[static_cast<std::size_t>(s.parent)];
      b.at = s.at;
      place[k] = static_cast<int>(all.size());
      all.push_back(std::move(b));
    }
    return all;
  }

 private:
  static constexpr int soma = 1;
  /// Of a sample that the next one continues: one child, the next sample, of its own type.
  static constexpr int continued = 100;

  struct section {
    std::size_t first = 0;  ///< its first sample
    int type = 0;
    int parent = none;
    double at = 1;
    std::vector<point> points;
    std::size_t size = 0;  ///< points, that of the parent included
    bool is_wired = false;
    bool is_removed = false;
  };

  bool is_soma(std::size_t k) const { return all_[k].type == soma; }
  std::size_t parent(std::size_t k) const { return static_cast<std::size_t>(all_[k].parent); }

  void mark_forks() {
    for (std::size_t k = 1; k < all_.size(); ++k) {
      std::size_t const p = parent(k);
      continuation_[p] += 100;
      if (p + 1 != k) {
        continuation_[p] += 1;
        bool const is_wire_end = p > 1 && !is_soma(p) && is_soma(parent(p));
        if (is_wire_end || (p == 0 && !is_soma(0))) {
          begins_proximally_[k] = 1;
          continuation_[p] = continued;
        }
      }
      if (all_[p].type != all_[k].type) continuation_[p] += 1;
    }
  }

  void count_soma() {
    for (std::size_t k = 0; k < all_.size(); ++k) {
      if (!is_soma(k)) continue;
      ++soma_samples_;
      if (k > 0 && is_soma(parent(k))) ++soma_children_[parent(k)];
    }
  }

  bool is_three_point_sphere() const {
    if (soma_samples_ != 3 || all_[1].parent != 0 || all_[2].parent != 0) return false;
    if (continuation_[1] != 0 || continuation_[2] != 0) return false;
    point const& c = all_[0].where;
    double size = 0;
    for (std::size_t const k : {1U, 2U}) {
      point const& p = all_[k].where;
      if (p.radius != c.radius) return false;
      size += distance_between(c, p);
    }
    return std::abs(size / (2 * c.radius) - 1) < 0.01;
  }

  void join_soma() {
    for (std::size_t k = 0; k + 1 < all_.size(); ++k) {
      bool const goes_on = is_soma(k) && is_soma(k + 1) && parent(k + 1) == k;
      if (goes_on && (k == 0 || soma_children_[k] <= 1)) continuation_[k] = continued;
    }
  }

  void make_sections() {
    section_of_.resize(all_.size());
    for (std::size_t first = 0; first < all_.size();) {
      std::size_t end = first + 1;
      while (end < all_.size() && continuation_[end - 1] == continued) ++end;
      for (std::size_t k = first; k < end; ++k) section_of_[k] = static_cast<int>(sections_.size());
      sections_.push_back(first == 0 ? root(end) : section_between(first, end));
      first = end;
    }
  }

  section root(std::size_t end) const {
    section s;
    s.type = all_[0].type;
    if (is_spherical_) end = 1;
    for (std::size_t k = 0; k < end; ++k) s.points.push_back(all_[k].where);
    s.size = end;
    if (end > 1) return s;
    double const r = s.points[0].radius;
    s.points = {s.points[0], s.points[0], s.points[0]};
    s.points[0].x -= r;
    s.points[2].x += r;
    return s;
  }

  section section_between(std::size_t first, std::size_t end) const {
    section s;
    s.first = first;
    s.type = all_[first].type;
    s.parent = section_of_[parent(first)];
    s.size = end - first + 1;
    begin(s, end - first);
    section const& of = sections_[static_cast<std::size_t>(s.parent)];
    point start = all_[parent(first)].where;
    if (of.type == soma && s.type != soma) start.radius = all_[first].where.radius;
    if (!s.is_wired) s.points.push_back(start);
    for (std::size_t k = first; k < end; ++k) s.points.push_back(all_[k].where);
    if (begins_proximally_[first] != 0) s.at = 0;
    return s;
  }

  /// Where on its parent a section begins, and whether by a wire.
  void begin(section& s, std::size_t samples) const {
    section const& of = sections_[static_cast<std::size_t>(s.parent)];
    std::size_t const p = parent(s.first);
    bool const leaves_soma = of.type == soma && s.type != soma;
    bool const forks_soma = soma_children_[p] > 1;
    if (s.parent == 0 && leaves_soma && of.size == 1) {
      s.at = 0.5;
      s.is_wired = samples > 1;
    } else if (s.parent == 0 && p == of.first) {
      s.at = 0;
      s.is_wired = s.type != soma && forks_soma;
    } else if (of.type == soma) {
      std::size_t const last = of.first + of.size - (of.first == 0 ? 1 : 2);
      if (p < last) {
        s.at = 0.5;
        s.is_wired = leaves_soma && samples > 1;
      } else {
        s.is_wired = s.type != soma && samples > 1 && forks_soma;
      }
    }
  }

  void remove_points() {
    for (std::size_t k = sections_.size(); k-- > 1;) {
      section& s = sections_[k];
      bool const is_point = s.points.size() < 2;
      if (!is_point && !(s.points.size() == 2 && distance_between(s.points[0], s.points[1]) == 0))
        continue;
      s.is_removed = true;
      for (section& other : sections_) {
        if (other.parent != static_cast<int>(k)) continue;
        other.parent = s.parent;
        other.at = s.at;
      }
    }
  }

  swc_source source_;
  std::vector<swc_sample> all_;
  std::vector<int> continuation_, soma_children_;
  std::vector<char> begins_proximally_;
  int soma_samples_ = 0;
  bool is_spherical_ = false;
  std::vector<int> section_of_;
  std::vector<section> sections_;
};

NERNST_INLINE std::vector<branch> neuron_sections(swc_source const& source,
                                                  std::vector<swc_sample> const& all) {
  return neuron_reader(source, all).branches();
}

}  // namespace nernst::cable::detail
