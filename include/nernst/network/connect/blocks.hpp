// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/rule.hpp>
#include <nernst/network/connect/slice_values.hpp>

#include <functional>

namespace nernst {

/// Several rules in one: each is for some of the sources and some of the targets. Spikes find their
/// synapses in one row instead of one for each rule, which is what most time goes into where rows
/// are short or delays many. Sources and targets of different rules may overlap.
///
/// The synapses stand in the order of sources, those of a source in the order of targets. Each rule
/// draws random numbers of its own.
class blocks_rule {
 public:
  /// Adds a rule between slices or sets of the populations that are connected. Indices in the rule
  /// count within these.
  template <class Source, class Target, class Rule>
  auto& between(Source const& sources, Target const& targets, Rule const& rule) {
    if constexpr (detail::Rule<detail::rule_type<Rule>>)
      blocks_.push_back({end_of(sources.elements()), end_of(targets.elements()),
                         [rule = detail::rule_type<Rule>(detail::rule_of(rule))](
                             executor const& run, connection_request const& request) {
                           return detail::any_rule(rule)(run, request);
                         }});
    else
      detail::raise<not_a_rule<"between", detail::rule_name<detail::rule_type<Rule>>()>, Rule>();
    return *this;
  }

  /// \throws std::invalid_argument where a block has elements that are not connected, and what its
  /// rule throws.
  connections make(executor const& run, connection_request const& request) const;
  /// The same as a list.
  connection_list build(executor const& run, connection_request const& request) const;

 private:
  struct block_end {
    element_set set;
    element_values values;
  };
  struct block {
    block_end sources, targets;
    std::function<connections(executor const&, connection_request const&)> rule;
  };

  template <class Slice>
  static block_end end_of(Slice const& slice) {
    return {slice.set, detail::values_of(slice)};
  }
  void require_within(std::size_t number, char const* side, block_end const& part,
                      element_set const& all, element_values const& values) const;
  connection_request request_for(std::size_t number, connection_request const& all) const;

  std::vector<block> blocks_;
};

namespace dsl {
/// A rule made of rules: `blocks().between(sources, targets, rule).between(...)`.
inline blocks_rule blocks() {
  return {};
}
}  // namespace dsl

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/connect/blocks-inl.hpp>
#endif
