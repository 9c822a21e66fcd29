// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/statements.hpp>

namespace nernst::nmodl::detail {

/// Reads the blocks that declare: NEURON, UNITS, PARAMETER, CONSTANT, ASSIGNED, STATE, INDEPENDENT.
class declaration_parser : protected statement_parser {
 protected:
  using statement_parser::statement_parser;

  constexpr void neuron() {
    s.neuron_at = at();
    advance();
    expect(token_kind::open_brace, "{");
    while (s.ok() && !accepts(token_kind::close_brace)) neuron_statement();
  }

  constexpr void units_block() {
    advance();
    expect(token_kind::open_brace, "{");
    while (s.ok() && !accepts(token_kind::close_brace)) {
      if (is(token_kind::open)) {
        unit_definition u{.unit = unit()};
        expect(token_kind::assign, "=");
        u.meaning = required_unit("a unit, (millivolt)");
        s.unit_definitions.push_back(u);
      } else {
        factor();
      }
    }
  }

  constexpr void parameters(storage kind) {
    advance();
    expect(token_kind::open_brace, "{");
    while (s.ok() && !accepts(token_kind::close_brace)) {
      declaration d = declared(kind);
      d.size = array_size();
      if (accepts(token_kind::assign)) {
        d.has_value = true;
        d.value = number();
      }
      d.unit = unit();
      limits(d);
      s.declarations.push_back(d);
    }
  }
  constexpr void variables(storage kind) {
    advance();
    expect(token_kind::open_brace, "{");
    while (s.ok() && !accepts(token_kind::close_brace)) {
      declaration d = declared(kind);
      while (accepts(token_kind::prime)) {
      }
      d.size = array_size();
      if (accepts(keyword::from)) {
        d.has_limits = true;
        d.low = number();
        expect(keyword::to);
        d.high = number();
      }
      if (accepts(keyword::start)) {
        d.has_value = true;
        d.value = number();
      }
      d.unit = unit();
      if (accepts(ir::op::less)) {
        number("a tolerance");
        if (!accepts(ir::op::greater)) fail(">");
      }
      s.declarations.push_back(d);
    }
  }
  constexpr void independent() {
    advance();
    expect(token_kind::open_brace, "{");
    while (s.ok() && !accepts(token_kind::close_brace)) {
      accepts(keyword::sweep);
      declaration d = declared(storage::independent);
      expect(keyword::from);
      d.low = number();
      expect(keyword::to);
      d.high = number();
      expect(keyword::with);
      plain_number("a whole number");
      if (accepts(keyword::start)) number();
      d.unit = unit();
      s.declarations.push_back(d);
    }
  }

  /// LOCAL outside of all blocks.
  constexpr void file_locals() {
    do {
      advance();
      declaration d = declared(storage::file_local);
      d.size = array_size();
      s.declarations.push_back(d);
    } while (s.ok() && is(token_kind::comma));
  }
  constexpr void define() {
    advance();
    declaration d = declared(storage::macro);
    d.has_value = true;
    d.value = number("a whole number");
    add_macro(d);
  }

 private:
  constexpr declaration declared(storage kind) {
    declaration d{.kind = kind, .at = at()};
    d.name = name("a name or }");
    return d;
  }
  /// <low, high>
  constexpr void limits(declaration& d) {
    if (!accepts(ir::op::less)) return;
    d.has_limits = true;
    d.low = number();
    expect(token_kind::comma, "a comma");
    d.high = number();
    if (!accepts(ir::op::greater)) fail(">");
  }
  /// F = (faraday) (coulomb), or F = 96485 (coulomb)
  constexpr void factor() {
    declaration d{.kind = storage::factor, .at = at()};
    d.name = name("(unit) = (unit), NAME = (unit) ... or }");
    expect(token_kind::assign, "=");
    d.has_value = !is(token_kind::open);
    if (d.has_value) {
      d.value = number("a unit or a number");
      d.unit = unit();
    } else {
      d.unit = unit();
      if (accepts(ir::op::subtract) && !accepts(ir::op::greater)) fail("->");
      d.other = required_unit("a second unit");
    }
    s.declarations.push_back(d);
  }

  constexpr void neuron_statement() {
    keyword const w = word();
    switch (w) {
    case keyword::suffix:
    case keyword::point_process:
    case keyword::artificial_cell:
      s.process = w;
      advance();
      s.name = name();
      return;
    case keyword::range:
    case keyword::global:
    case keyword::pointer:
    case keyword::bbcorepointer:
    case keyword::external:
    case keyword::random:
    case keyword::nonspecific_current:
    case keyword::electrode_current:
      return list(w);
    case keyword::useion:
      return use_ion();
    case keyword::threadsafe:
      s.is_thread_safe = true;
      [[fallthrough]];
    case keyword::represents:
      return advance();
    default:
      fail("SUFFIX, RANGE, USEION ... or }");
    }
  }
  constexpr void list(keyword which) {
    do {
      advance();
      int const where = at();
      s.listed.push_back({which, name(), where});
    } while (s.ok() && is(token_kind::comma));
  }
  constexpr void use_ion() {
    advance();
    ion i{.at = at()};
    i.name = name();
    int const number_of_ion = s.ions.size(), before = s.ion_variables.size();
    for (; word() == keyword::read || word() == keyword::write;) {
      bool const is_written = word() == keyword::write;
      do {
        advance();
        int const where = at();
        s.ion_variables.push_back({number_of_ion, is_written, name(), where});
      } while (s.ok() && is(token_kind::comma));
    }
    if (s.ion_variables.size() == before) fail("READ or WRITE");
    i.has_valence = accepts(keyword::valence) || accepts(keyword::charge);
    if (i.has_valence) i.valence = number();
    accepts(keyword::represents);
    s.ions.push_back(i);
  }
};

}  // namespace nernst::nmodl::detail
