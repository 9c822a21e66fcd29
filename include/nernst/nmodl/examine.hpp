// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/survey.hpp>
#include <nernst/nmodl/unit_factors.hpp>

namespace nernst::nmodl {

namespace detail {

constexpr mechanism_kind kind_of(syntax const& s) {
  if (s.process == keyword::point_process) return mechanism_kind::point;
  if (s.process == keyword::artificial_cell) return mechanism_kind::artificial;
  bool const is_nothing = s.process == keyword::suffix && s.spelling(s.name) == "nothing";
  return is_nothing ? mechanism_kind::functions : mechanism_kind::density;
}

/// What NEURON and the declarations need.
constexpr void note_declarations(syntax const& s, contents const& c, survey& into) {
  if (c.kind == mechanism_kind::artificial) into.note(construct::artificial_cell, s.neuron_at);
  for (listed_name const& n : s.listed) {
    if (n.list == keyword::pointer) into.note(construct::pointer, n.at);
    if (n.list == keyword::bbcorepointer) into.note(construct::bbcorepointer, n.at);
    if (n.list == keyword::external) into.note(construct::external, n.at);
    if (n.list == keyword::random) into.note(construct::random_stream, n.at);
  }
  for (ion_variable const& v : s.ion_variables)
    if (v.is_written && s.names[v.name].substr(1) != s.names[s.ions[v.ion].name])
      into.note(construct::written_concentration, v.at);
  for (declaration const& d : s.declarations) {
    if (d.kind == storage::macro) into.note(construct::define, d.at);
    if (d.size > 0) into.note(construct::array, d.at);
  }
  for (int const at : s.includes) into.note(construct::include, at);
}

constexpr void check_states(syntax const& s, meanings& names) {
  for (listed_name const& n : s.listed) {
    meaning const& m = names[n.name];
    bool const is_state =
        m.declaration != ir::none && s.declarations[m.declaration].kind == storage::state;
    if (n.list == keyword::global && is_state)
      names.mistake(n.at, {ir::mistake::misplaced_word, s.names[n.name], "RANGE of a STATE", {}});
  }
}

}  // namespace detail

/// Finds out what a file that could be read has, and what is wrong with it. Gives the factors of
/// UNITS their values.
constexpr contents examine(syntax& s, constants values = constants::codata_2018) {
  contents c;
  if (!s.ok()) return c;
  c.kind = detail::kind_of(s);
  detail::factor_reader(s, c, values).run();
  detail::survey all(s, c);
  detail::note_declarations(s, c, all);
  detail::check_states(s, all.names());
  all.run();
  return c;
}

}  // namespace nernst::nmodl
