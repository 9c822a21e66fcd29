// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/branch.hpp>
#include <nernst/cable/stretch.hpp>
#include <nernst/cable/swc.hpp>

#include <cstdint>
#include <string_view>

namespace nernst {

namespace cable {
class part;
class growing_part;

/// Where the way from the origin of distances comes to a branch, as a fraction of its length, and
/// how long it is until there, in m.
struct way {
  double entry = 0;
  double length = 0;
};
}  // namespace cable

/// The shape of a neuron: a tree of branches, each behind its parent.
class morphology {
 public:
  /// A neuron of one branch, which others are attached to: `morphology cell(sphere(20 * um))`.
  explicit morphology(cable::branch_shape const& root, std::string_view name = "soma");

  /// Reads an SWC file. \throws std::runtime_error for what is no tree of branches: it names the
  /// file and the line.
  static morphology from_swc(std::string const& path, swc_reading how = swc_reading::neuron);
  /// The same from a text; `name` is what messages call it.
  static morphology from_swc_text(std::string_view text, swc_reading how = swc_reading::neuron,
                                  std::string_view name = "SWC text");

  /// The branches, parents before their children.
  std::vector<cable::branch> const& branches() const { return branches_; }
  cable::branch const& branch_at(int number) const {
    return branches_[static_cast<std::size_t>(number)];
  }
  int size() const { return static_cast<int>(branches_.size()); }
  /// The number of a branch by its name, which has to be the only one. \throws
  /// std::invalid_argument if there is none, or several.
  int find(std::string_view name) const;

  /// The part of that name that begins where the root is, or wherever there is just one of that
  /// name; "LR1" stands for ["L"]["R"]["1"]. Children without such names have them by their order:
  /// "1" to "9", and "L" and "R" where there are at most two. Assigning a shape to one that is not
  /// there yet attaches it: `cell["axon"] = cylinder(...)`. \throws std::invalid_argument where
  /// reading one that is not there.
  cable::growing_part operator[](std::string_view name);
  cable::part operator[](std::string_view name) const;
  /// The root and all behind it.
  cable::growing_part all();
  cable::part all() const;

  /// Attaches a branch to another, at a fraction of its length; returns its number.
  /// \throws std::invalid_argument for a name that is taken there, a place that does not exist, and
  /// spheres, which can be roots only.
  int attach(int parent, double at, cable::branch_shape const& shape, std::string_view name);
  /// Removes a branch and all behind it; the others are numbered anew, in the same order.
  /// \throws std::invalid_argument for the root.
  void remove(int branch);

  /// The branches that begin at a branch.
  std::vector<int> children(int branch) const;
  /// Counts distances from a place; at first from the root's beginning. \throws
  /// std::invalid_argument for a place that does not exist.
  void measure_from(cable::location const& origin);
  /// How far a place is from that one along the branches, in m. \throws std::invalid_argument for a
  /// place that does not exist.
  double distance(cable::location const& at) const;
  /// The ways from there to all branches.
  std::vector<cable::way> ways() const;
  /// The axis and the radius at a place. \throws std::invalid_argument for one that does not exist.
  cable::point point_at(cable::location const& at) const;

  friend bool operator==(morphology const&, morphology const&) = default;

 private:
  friend class cable::part;
  friend class cable::growing_part;
  morphology() = default;
  /// \throws std::invalid_argument for a place that does not exist.
  cable::location const& checked(cable::location const& place) const;
  /// The branches of a name.
  std::vector<int> named(std::string_view name) const;
  int child_named(int parent, std::string_view name) const;
  /// The child of a name, or of a place: L, R, 1 to 9.
  int child_called(int parent, char name) const;
  /// The end of a path of names, or `none`.
  int find_path(int from, std::string_view name) const;
  int find_from_root(std::string_view name) const;
  void place(cable::branch& one) const;

  std::vector<cable::branch> branches_;
  cable::location origin_;
};

namespace cable::detail {
/// \throws std::invalid_argument for a place that does not exist; `who` begins the message.
void require_place(char const* who, morphology const& of, location const& place);
}  // namespace cable::detail

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/cable/morphology-inl.hpp>
#endif
