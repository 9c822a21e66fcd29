// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/region.hpp>

#include <cstdint>

namespace nernst {

/// Places on a neuron, said without one: `terminals && dendrites`. What they are on a morphology,
/// `on` tells.
class places {
 public:
  using rule = std::function<std::vector<cable::location>(morphology const&)>;

  places(rule find, std::string text);
  places(cable::location const& one);
  places(std::vector<cable::location> const& some);

  /// Where these are, in an order of their own. \throws std::invalid_argument for places that are
  /// not there.
  std::vector<cable::location> on(morphology const& of) const;
  /// How messages call them.
  std::string const& text() const { return what_->text; }

  /// Those of the first and, behind them, those of the second that are not among them.
  friend places operator||(places const& a, places const& b) { return either(a, b); }
  /// Those in a region, the ends of which count.
  friend places operator&&(places const& a, region const& b) { return inside(a, b); }
  friend places operator&&(region const& a, places const& b) { return inside(b, a); }

 private:
  struct description {
    rule find;
    std::string text;
  };

  static places either(places const& a, places const& b);
  static places inside(places const& a, region const& b);

  std::shared_ptr<description const> what_;
};

namespace cable {
/// `cell["soma"].at(0.5) || cell["axon"].at(1)` and the like.
inline places operator||(location const& a, places const& b) {
  return places(a) || b;
}
inline places operator&&(location const& a, region const& b) {
  return places(a) && b;
}
}  // namespace cable

namespace dsl {

using language::uniform;

/// The beginning of the root.
inline places const root(cable::location{0, 0});

/// A fraction of a branch. \throws std::invalid_argument outside [0, 1].
places at(int branch, double fraction);
/// The same fraction of each branch. \throws std::invalid_argument outside [0, 1].
places on_branches(double fraction);
/// Where the region begins: for each of its connected parts the place that is nearest to the root.
places proximal(region const& of);
/// Where the region ends.
places distal(region const& of);
/// The middle of the longest way from the beginning of a region to one of its ends, for each of its
/// connected parts.
places centre(region const& of);
/// Places at random, each length of the region being as likely as any other. The same numbers make
/// the same places. \throws std::invalid_argument, when asked for the places, for an empty region.
places uniform(region const& in, int count, std::uint64_t seed);

/// What is behind these places, up to a distance along the branches. \throws std::invalid_argument
/// unless the distance is 0 or more.
region distal(places const& from, cable::length within);
/// What is between these places and the root, up to a distance.
region proximal(places const& from, cable::length within);

/// The ends of branches behind which there is none.
inline places const terminals([](morphology const& of) { return distal(whole).on(of); },
                              "terminals");

}  // namespace dsl

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/cable/places-inl.hpp>
#endif
