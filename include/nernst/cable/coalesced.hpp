// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/rule.hpp>
#include <nernst/network/population.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace nernst {

namespace cable {
/// By place, cell by cell: the number of the element that does what happens there.
using element_numbers = std::shared_ptr<std::vector<std::uint32_t> const>;

/// What a rule makes when it is asked for places, as synapses onto their elements.
connection_list connect_places(executor const& run, connection_request const& of_elements,
                               nernst::detail::any_rule const& rule,
                               element_numbers const& element_at);

/// A rule that counts places.
template <class Rule>
struct rule_of_places {
  Rule rule;
  element_numbers element_at;

  connection_list build(executor const& run, connection_request const& request) const {
    return connect_places(run, request, nernst::detail::any_rule(rule), element_at);
  }
};
}  // namespace cable

/// Point mechanisms at places, of which those in one compartment are computed as one element: as
/// Arbor's synapses, where it coalesces them. Connections count places, and spikes add up in the
/// elements; these have variables, records and numbers.
template <class Mechanism, class Space, class Real>
class coalesced {
 public:
  using model_type = Mechanism;

  coalesced(nernst::population<Mechanism, Space, Real> elements,
            std::vector<std::uint32_t> element_at)
      : elements_(std::move(elements)),
        element_at_(std::make_shared<std::vector<std::uint32_t> const>(std::move(element_at))) {}

  /// How many places there are, in all cells.
  std::uint32_t size() const { return static_cast<std::uint32_t>(element_at_->size()); }
  /// What is computed: an element for each compartment that has a place.
  nernst::population<Mechanism, Space, Real> const& population() const { return elements_; }
  /// By place, cell by cell: the number of its element.
  std::vector<std::uint32_t> const& numbers() const { return *element_at_; }

  /// The rule that makes, of elements, what a rule makes of places.
  template <class Rule>
  auto by_place(Rule const& rule) const {
    using found = nernst::detail::rule_type<Rule>;
    if constexpr (nernst::detail::Rule<found>)
      return cable::rule_of_places<found>{nernst::detail::rule_of(rule), element_at_};
    else
      return rule;
  }

 private:
  nernst::population<Mechanism, Space, Real> elements_;
  cable::element_numbers element_at_;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/cable/coalesced-inl.hpp>
#endif
