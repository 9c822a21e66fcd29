// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/field.hpp>
#include <nernst/cable/part.hpp>
#include <nernst/language/operators.hpp>

#include <concepts>
#include <functional>
#include <memory>

namespace nernst {

namespace cable::detail {
/// \throws std::invalid_argument unless there is a branch of that number.
void require_branch(morphology const& of, int number);
}  // namespace cable::detail

/// A part of a neuron, said without one: `tag(3) && radius < 2 * um`. What it is on a morphology,
/// `in` tells. A condition is about the axis of branches; parts and stretches are those of a
/// morphology with the same branches.
class region {
 public:
  using rule = std::function<cable::stretches(morphology const&)>;

  region(rule find, std::string text);
  region(cable::part const& one);
  region(cable::stretches const& some);
  template <language::Condition C>
  region(C const& condition) : region(language::flatten(condition)) {}
  region(nernst::detail::mistaken) {}

  /// Where that is. \throws std::invalid_argument for parts that are not there, and conditions on
  /// what does not vary along neurons.
  cable::stretches in(morphology const& of) const;
  /// How messages call it.
  std::string const& text() const { return what_->text; }

  friend region operator&&(region const& a, region const& b) { return both(a, b); }
  friend region operator||(region const& a, region const& b) { return either(a, b); }
  friend region operator-(region const& a, region const& b) { return without(a, b); }
  friend region operator!(region const& a) { return complement(a); }

 private:
  struct description {
    rule find;
    std::string text;
  };

  explicit region(language::written_expression const& condition);
  static region both(region const& a, region const& b);
  static region either(region const& a, region const& b);
  static region without(region const& a, region const& b);
  static region complement(region const& a);

  std::shared_ptr<description const> what_;
};

namespace cable {
/// `cell["axon"]`, `cell["axon"].main()`, `cell["axon"](10 * um, 50 * um)`.
template <class P>
concept Piece = std::is_base_of_v<part, P> || std::same_as<P, stretches>;
/// `part && condition` and the like.
template <class A, class B>
concept PieceAndRegion = (Piece<A> && std::is_convertible_v<B const&, region>) ||
                         (Piece<B> && std::is_convertible_v<A const&, region>);

template <class A, class B>
  requires PieceAndRegion<A, B>
region operator&&(A const& a, B const& b) {
  return region(a) && region(b);
}
template <class A, class B>
  requires PieceAndRegion<A, B>
region operator||(A const& a, B const& b) {
  return region(a) || region(b);
}
template <class A, class B>
  requires PieceAndRegion<A, B>
region operator-(A const& a, B const& b) {
  return region(a) - region(b);
}
template <Piece P>
region operator!(P const& a) {
  return !region(a);
}
}  // namespace cable

namespace dsl {

/// What has a tag: 1 soma, 2 axon, 3 basal, 4 apical dendrite, others are one's own.
region tag(int number);
/// A branch by its number.
region branch(int number);
/// A part of a branch, between two fractions of its length. \throws std::invalid_argument unless
/// these are ascending and in [0, 1].
region branch(int number, double from, double to);

/// Everything, and nothing.
inline region const whole([](morphology const& of) { return of.all().whole(); }, "whole");
inline region const nowhere([](morphology const&) { return cable::stretches{}; }, "nowhere");
/// By the tags of SWC files.
inline region const soma = tag(1);
inline region const axon = tag(2);
inline region const basal_dendrites = tag(3);
inline region const apical_dendrites = tag(4);
inline region const dendrites = basal_dendrites || apical_dendrites;

}  // namespace dsl

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/cable/region-inl.hpp>
#endif
