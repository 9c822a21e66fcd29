// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/generator.hpp>
#include <nernst/engine/connection_list.hpp>
#include <nernst/language/written_expression.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>

namespace nernst::detail {

/// What texts about a pair may name. Constants of both models; those that differ mean nothing.
class pair_vocabulary {
 public:
  explicit pair_vocabulary(connection_request const& request)
      : source_(variables(request.of_sources)), target_(variables(request.of_targets)) {
    enter(request.of_sources.constants, request.of_targets.constants);
    for (brian::constant const& c : request.of_targets.constants)
      if (!find(request.of_sources.constants, c.name)) constants_.push_back(c);
  }
  brian::pair_names names() const { return {source_, target_, constants_}; }

 private:
  static ir::list<ir::symbol> variables(element_values const& of) {
    return of.variables == nullptr ? ir::list<ir::symbol>() : of.variables(of.elements.get());
  }
  static brian::constant const* find(ir::span<brian::constant const> all, std::string_view name) {
    for (brian::constant const& c : all)
      if (c.name == name) return &c;
    return nullptr;
  }
  void enter(ir::span<brian::constant const> all, ir::span<brian::constant const> others) {
    for (brian::constant const& c : all) {
      brian::constant const* const other = find(others, c.name);
      bool const differs = other != nullptr && (other->value != c.value || other->unit != c.unit);
      if (!differs) constants_.push_back(c);
    }
  }

  ir::list<ir::symbol> source_, target_;
  ir::list<brian::constant> constants_;
};

inline void require_read(char const* rule, brian::parsed_generator const& all) {
  if (!all.mistake().ok())
    refuse<std::invalid_argument>({rule, ": ", ir::to_text(all.mistake()).view()});
}

}  // namespace nernst::detail
