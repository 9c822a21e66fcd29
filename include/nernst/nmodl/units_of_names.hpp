// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/meaning.hpp>
#include <nernst/nmodl/written_unit.hpp>

namespace nernst::nmodl::detail {

/// The units that the names of a file have: those of their declarations, and what NEURON gives its
/// own. A declaration with another unit than NEURON's is reported.
class units_of_names {
 protected:
  constexpr units_of_names(syntax& s, contents& c) : s_(s), c_(c) {
    of_name_ = ir::list<written_unit>(s.names.size());
    is_known_ = ir::list<char>(s.names.size());
    for (ir::string_view const id : {"f_flux", "b_flux", "first_time", "error"})
      give(id, unknown_unit);
    for (auto const& [id, unit] : specials) give(id, unit_of(unit));
    enter_declarations();
    enter_interface();
  }

  constexpr ir::string_view text(int name) const { return s_.names[name]; }
  /// Of a declaration: `unit` is a number of the syntax, or none for what has no unit.
  constexpr written_unit declared(int unit) const {
    if (unit == ir::none) return {};
    return unit_of(s_.unit_text(unit));
  }
  constexpr written_unit unit_of(ir::string_view text) const {
    unit_table::reading const r = c_.units.read(text);
    return r.ok() ? written_unit{.value = r.value} : unknown_unit;
  }
  constexpr written_unit of_name(int name) const {
    if (name >= of_name_.size() || is_known_[name] == 0) return unknown_unit;
    return of_name_[name];
  }
  constexpr void give(ir::string_view id, written_unit u) {
    int const n = s_.names.intern(id);
    while (of_name_.size() <= n) {
      of_name_.push_back(unknown_unit);
      is_known_.push_back(0);
    }
    of_name_[n] = u;
    is_known_[n] = 1;
  }

  syntax& s_;
  contents& c_;
  ir::list<written_unit> of_name_;

 private:
  struct special {
    ir::string_view id, unit;
  };
  static constexpr special specials[] = {{"v", "millivolt"}, {"t", "ms"},
                                         {"dt", "ms"},       {"celsius", "degC"},
                                         {"diam", "micron"}, {"area", "micron2"}};

  constexpr void enter_declarations() {
    for (declaration const& d : s_.declarations) {
      int const unit = d.other != ir::none ? d.other : d.unit;
      of_name_[d.name] = d.kind == storage::file_local ? unknown_unit : declared(unit);
      is_known_[d.name] = 1;
    }
    for (declaration const& d : s_.declarations) {
      for (auto const& [id, unit] : specials)
        if (text(d.name) == id && d.kind != storage::independent) expect(d, unit);
      if (d.kind == storage::state) give_first_value(d);
    }
  }
  /// x0 is the first value of the state x.
  constexpr void give_first_value(declaration const& d) {
    ir::string_view const id = text(d.name);
    for (int n = 0; n < of_name_.size(); ++n) {
      ir::string_view const other = text(n);
      bool const is_first =
          other.size() == id.size() + 1 && other.back() == '0' && other.starts_with(id);
      if (is_first && is_known_[n] == 0) give(other, of_name_[d.name]);
    }
  }
  /// Currents, and what the file reads and writes of ions.
  constexpr void enter_interface() {
    bool const is_density = c_.kind == mechanism_kind::density;
    ir::string_view const current = is_density ? "milliamp/cm2" : "nanoamp";
    for (listed_name const& n : s_.listed) {
      bool const is_current =
          n.list == keyword::nonspecific_current || n.list == keyword::electrode_current;
      if (is_current) enter_listed(n.name, current);
    }
    for (ion_variable const& v : s_.ion_variables) {
      ir::string_view const id = text(v.name), ion = text(s_.ions[v.ion].name);
      bool const is_concentration = id.substr(1) != ion;
      ir::string_view const unit = id[0] == 'e' ? "millivolt" : current;
      enter_listed(v.name, is_concentration ? "milli/liter" : unit);
    }
  }
  constexpr void enter_listed(int name, ir::string_view unit) {
    bool is_declared = false;
    for (declaration const& d : s_.declarations)
      if (d.name == name) {
        if (!is_declared) expect(d, unit);
        is_declared = true;
      }
    if (!is_declared) give(text(name), unit_of(unit));
  }
  /// What has a meaning for NEURON has its unit.
  constexpr void expect(declaration const& d, ir::string_view unit) {
    written_unit const found = declared(d.unit), wanted = unit_of(unit);
    if (found.is_any || wanted.is_any) return;
    bool const fits =
        found.value.conforms(wanted.value) && is_near(found.value.factor, wanted.value.factor);
    if (!fits)
      c_.findings.push_back({grade::warning,
                             d.at,
                             {ir::mistake::dimension_mismatch, text(d.name), unit,
                              d.unit == ir::none ? ir::string_view("1") : s_.unit_text(d.unit)}});
  }

  ir::list<char> is_known_;
};

}  // namespace nernst::nmodl::detail
