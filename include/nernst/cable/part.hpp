// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/morphology.hpp>

namespace nernst::cable {

/// A branch of a neuron and all behind it, by names: `cell["axon"]["L"]`. It stands for a region.
/// It is a view: the morphology has to stay where it is.
class part {
 public:
  part(morphology const& of, int branch) : of_(&of), branch_(branch) {}
  /// One that is not there.
  part(morphology const& of, std::string_view name) : of_(&of), branch_(none), name_(name) {}

  /// A child by its name, or by a path of them: "LR1". \throws std::invalid_argument if this is
  /// not there.
  part operator[](std::string_view name) const;

  bool exists() const { return branch_ != none; }
  /// What messages call it.
  std::string name() const;
  /// The number of its first branch. \throws std::invalid_argument if it is not there.
  int number() const;

  /// The branch and all behind it.
  stretches whole() const;
  /// The branch alone.
  stretches main() const;
  /// The branch alone, between two distances from its beginning. \throws std::invalid_argument
  /// unless these are ascending, and on the branch.
  stretches operator()(length from, length to) const;
  /// The place at a fraction of the branch. \throws std::invalid_argument outside [0, 1].
  location at(double fraction) const;
  /// The place at a distance from the beginning of the branch. \throws std::invalid_argument for
  /// one that is not on the branch.
  location at(length from_beginning) const;

 protected:
  int child(std::string_view name) const;
  double fraction_of(length from_beginning) const;

  morphology const* of_;
  int branch_;
  std::string name_;
};

/// A part that others may be attached to: `cell["axon"] = cylinder(...)`.
class growing_part : public part {
 public:
  growing_part(morphology& of, int branch) : part(of, branch), whole_(&of) {}
  /// One that is not there, and where it would begin.
  growing_part(morphology& of, int parent, double at, std::string_view name)
      : part(of, name), whole_(&of), parent_(parent), at_(at) {}
  growing_part(growing_part const&) = default;
  /// A branch that was found otherwise than as a child of this name, which is free there.
  static growing_part found(int branch, growing_part free) {
    free.branch_ = branch;
    return free;
  }

  growing_part operator[](std::string_view name) const { return child_at(1, name); }
  /// The child that begins at a fraction of this branch, to be attached there:
  /// `cell["dend"].child_at(0.5, "spine") = cylinder(...)`.
  growing_part child_at(double fraction, std::string_view name) const;

  growing_part& operator=(growing_part const&) = delete;  // a part is no shape
  /// Attaches a branch of this name. \throws std::invalid_argument if there is one.
  growing_part const& operator=(branch_shape const& shape);
  /// Removes the branch and all behind it. \throws std::invalid_argument for the root.
  void remove() const { whole_->remove(number()); }

 private:
  morphology* whole_;
  int parent_ = none;
  double at_ = 1;
};

}  // namespace nernst::cable

#if NERNST_HEADER_ONLY
#include <nernst/cable/part-inl.hpp>
#endif
