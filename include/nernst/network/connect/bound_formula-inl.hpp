// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/builtin.hpp>
#include <nernst/ir/units.hpp>
#include <nernst/language/written_expression.hpp>
#include <nernst/network/connect/bound_formula.hpp>
#include <nernst/refuse.hpp>

#include <cmath>
#include <stdexcept>

namespace nernst::detail {

NERNST_INLINE bound_formula pair_binder::bind(language::written_expression const& e,
                                              std::string_view counter) {
  bound_formula bound;
  bound.code = e.code;
  bound.request = &request_;
  bound.first_draw = draws_;
  for (ir::symbol const& s : e.variables) bound.leaves.push_back(leaf(s, counter));
  for (ir::identifier const& f : e.functions) bound.functions.push_back(function(f));
  ir::list<int> draws;
  for (ir::node& n : bound.code.operations) {
    if (ir::is_lookup(n.code))
      refuse<std::invalid_argument>(
          {rule_, ": expected no timed array, found '", e.variables[n.which].id.view(), "'"});
    if (ir::is_random(n.code)) n.which = language::detail::place_in(draws, n.which);
  }
  bound.is_random = !draws.empty();
  draws_ += static_cast<std::uint64_t>(draws.size());
  return bound;
}

NERNST_INLINE pair_leaf pair_binder::leaf(ir::symbol const& s, std::string_view counter) {
  bool const is_own = s.owner == ir::side::here;
  bool const is_of_target = s.owner == ir::side::post;
  if (is_own && s.id == counter) return {pair_leaf_kind::counter};
  if (s.kind == ir::role::index)
    return {is_of_target ? pair_leaf_kind::target : pair_leaf_kind::source};
  if (s.kind == ir::role::count && !is_own)
    return {pair_leaf_kind::value,
            static_cast<double>(is_of_target ? request_.targets : request_.sources)};
  bool const is_of_time =
      s.kind == ir::role::time || s.kind == ir::role::time_step || s.kind == ir::role::step;
  if (is_of_time || s.owner == ir::side::pre)
    return read(s, request_.of_sources, request_.sources, pair_leaf_kind::of_source);
  if (is_own)
    refuse<std::invalid_argument>({rule_, ": expected pre(", s.id.view(), ") or post(", s.id.view(),
                                   "), found ", s.id.view()});
  return read(s, request_.of_targets, request_.targets, pair_leaf_kind::of_target);
}

NERNST_INLINE pair_leaf pair_binder::read(ir::symbol const& s, element_values const& of,
                                          std::uint32_t size, pair_leaf_kind kind) {
  bool is_there = ir::find_builtin(s.id) != nullptr && !ir::is_of_refractoriness(s.kind) &&
                  !ir::is_of_synapse(s.kind);
  ir::list<ir::symbol> known;
  if (of.variables != nullptr) known = of.variables(of.elements.get());
  for (ir::symbol const& x : known) is_there = is_there || (x.id == s.id && x.unit == s.unit);
  char const* const side = kind == pair_leaf_kind::of_source ? "source" : "target";
  if (!is_there || of.read == nullptr)
    refuse<std::invalid_argument>({rule_, ": expected variables of the ", side, ", found '",
                                   s.id.view(), "' (", ir::to_text(s.unit).view(), ")"});
  values_.push_back(std::make_unique<std::vector<double>>(of.read(of.elements.get(), s.id)));
  values_.back()->resize(size);
  return {kind, 0, values_.back()->data()};
}

NERNST_INLINE ir::function pair_binder::function(std::string_view id) const {
  for (auto const& all : {request_.of_targets.functions, request_.of_sources.functions})
    for (ir::function const& f : all)
      if (f.id == id && f.evaluate != nullptr) return f;
  refuse<std::invalid_argument>(
      {rule_, ": expected a function of one of the models, found '", id, "'"});
}

NERNST_INLINE std::uint64_t multiplicity(char const* rule, pair_value& number,
                                         pair_place const& at) {
  if (!number.is_given()) return 1;
  double const n = std::trunc(number(at));
  if (n >= 0 && n <= static_cast<double>(degree_limit)) return static_cast<std::uint64_t>(n);
  refuse<std::invalid_argument>({rule, ": expected a number of synapses from 0 to ", degree_limit,
                                 ", found ", n, " for source ", at.source, " and target ",
                                 at.target});
}

}  // namespace nernst::detail
