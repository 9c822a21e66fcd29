// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/ir/quantity.hpp>
#include <nernst/ir/units.hpp>

#include <string>
#include <vector>

/// Neurons that have branches. Numbers are in SI units.
namespace nernst::cable {

/// No branch, no compartment.
inline constexpr int none = -1;

/// A length with its unit, `10 * um`.
using length = ir::quantity<ir::unit_of<ir::units::metre>>;

/// A point of a branch: where its axis is, in metres, and how thick it is there.
struct point {
  double x = 0, y = 0, z = 0;
  double radius = 0;

  friend bool operator==(point const&, point const&) = default;
};

/// What a piece of a branch amounts to.
struct extent {
  double length = 0;      ///< along the axis, in m
  double area = 0;        ///< of the membrane, in m^2
  double volume = 0;      ///< in m^3
  double resistance = 0;  ///< the integral of dx / (pi r^2), in 1/m: times Ra it is in ohm
  double thickness = 0;   ///< the integral of the diameter, in m^2

  extent& operator+=(extent const& other);
};

/// A truncated cone. One of length 0 is a step of the radius: a ring.
struct frustum {
  point proximal, distal;
  double length = 0;  ///< which is not the distance of the points where these were made up
  int tag = 0;

  /// The axis and the radius at a fraction of the length.
  point at(double fraction) const;
  /// What is between two fractions of the length.
  extent between(double from, double to) const;

  friend bool operator==(frustum const&, frustum const&) = default;
};

/// A piece of a neuron without forks.
struct branch {
  std::string name;
  int parent = none;
  double at = 1;  ///< where on the parent it begins, as a fraction of the parent's length
  std::vector<frustum> frusta;
  std::vector<double> ends;  ///< of the frusta: how far from the branch's beginning, in m
  /// A sphere: one compartment without a resistance inside, across which distances are 0.
  bool is_sphere = false;

  double length() const { return ends.empty() ? 0 : ends.back(); }
  /// How long the way from its beginning to its end is, in m: there is none across a sphere.
  double path() const { return is_sphere ? 0 : length(); }
  /// The frustum at a fraction of the length, and where in it. At a joint that is the distal one,
  /// but at the end of the branch.
  struct spot {
    std::size_t frustum;
    double fraction;
  };
  spot find(double fraction) const;
  point point_at(double fraction) const;
  /// What is between two fractions of the length. A ring belongs to what ends there.
  extent between(double from, double to) const;

  friend bool operator==(branch const&, branch const&) = default;
};

/// The shape of a branch that is built by hand: `cylinder(200 * um, 2 * um).tagged(3)`.
class branch_shape {
 public:
  branch_shape(std::vector<frustum> frusta, bool is_placed, bool is_sphere = false)
      : frusta_(std::move(frusta)), is_placed_(is_placed), is_sphere_(is_sphere) {}

  /// The same with a tag, as SWC files have them: 1 soma, 2 axon, 3 basal, 4 apical dendrite.
  branch_shape tagged(int tag) const;

  std::vector<frustum> const& frusta() const { return frusta_; }
  /// Whether its points are where they belong in space; else they begin at 0 and run along x.
  bool is_placed() const { return is_placed_; }
  bool is_sphere() const { return is_sphere_; }

 private:
  std::vector<frustum> frusta_;
  bool is_placed_, is_sphere_;
};

/// A point of a section, with units.
struct section_point {
  cable::length x, y, z, diameter;
};

}  // namespace nernst::cable

namespace nernst::cable::detail {
double distance_between(point const& a, point const& b);
/// How far the ends of frusta are from the beginning of the first.
std::vector<double> ends_of(std::vector<frustum> const& frusta);
/// \throws std::invalid_argument unless the fraction is in [0, 1]; `who` begins the message.
void require_fraction(char const* who, double fraction);
}  // namespace nernst::cable::detail

namespace nernst::dsl {

/// A sphere, for a soma: one compartment with the area pi d^2 and the tag 1, whose inside has the
/// same voltage everywhere. \throws std::invalid_argument unless the diameter is above 0.
cable::branch_shape sphere(cable::length diameter);
/// A cylinder. \throws std::invalid_argument unless both are above 0.
cable::branch_shape cylinder(cable::length length, cable::length diameter);
/// The same as so many frusta of equal length, as Brian's `Cylinder(n=...)` has them.
/// \throws std::invalid_argument unless all are above 0.
cable::branch_shape cylinder(cable::length length, cable::length diameter, int frusta);
/// Frusta side by side: their lengths, and the diameters at their ends, one more.
/// \throws std::invalid_argument unless all are above 0.
cable::branch_shape section(std::vector<cable::length> const& lengths,
                            std::vector<cable::length> const& diameters);
/// Frusta between points in space, two at least. \throws std::invalid_argument unless the numbers
/// are finite, the diameters above 0, and the points not all at the same place.
cable::branch_shape section(std::vector<cable::section_point> const& points);

}  // namespace nernst::dsl

#if NERNST_HEADER_ONLY
#include <nernst/cable/branch-inl.hpp>
#endif
