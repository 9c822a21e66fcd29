// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/contents.hpp>

namespace nernst::nmodl::detail {

/// What a name stands for outside of the blocks that make it a local variable.
struct meaning {
  int declaration = ir::none;
  int block = ir::none;  ///< of that name
  int ion_variable = ir::none, ion = ir::none;
  keyword list = keyword::none;  ///< of NEURON, the last that has it
  bool is_special = false;       ///< known without a declaration

  constexpr bool is_variable() const {
    return declaration != ir::none || ion_variable != ir::none || list != keyword::none ||
           is_special;
  }
};

/// Finds out what the names of a file stand for, and what is declared twice.
class meanings {
 public:
  constexpr meanings(syntax& s, contents& c) : s_(s), c_(c) {
    extend();
    for (ir::string_view const id : specials) special(id);
    for (int k = 0; k < s.blocks.size(); ++k) enter_block(k);
    for (int k = 0; k < s.declarations.size(); ++k) enter_declaration(k);
    enter_made_names();
    for (int k = 0; k < s.ion_variables.size(); ++k) enter_ion_variable(k);
    for (listed_name const& n : s.listed) enter_listed(n);
    enter_ions();
  }

  constexpr meaning const& operator[](int name) const { return all_[name]; }

  constexpr void report(int at, grade weight, ir::diagnosis const& what,
                        ir::string_view advice = {}) {
    c_.findings.push_back({weight, at, what, advice});
  }
  constexpr void mistake(int at, ir::diagnosis const& what, ir::string_view advice = {}) {
    report(at, grade::mistake, what, advice);
  }

 private:
  /// Those of NEURON, and what SCoP defines. `v` and the others need not be declared.
  static constexpr ir::string_view specials[] = {
      "v", "t", "dt", "celsius", "diam", "area", "first_time", "error", "f_flux", "b_flux"};

  constexpr void extend() {
    while (all_.size() < s_.names.size()) all_.push_back({});
  }
  constexpr meaning& at(int name) { return all_[name]; }
  constexpr void special(ir::string_view id) {
    int const number = s_.names.intern(id);
    extend();
    at(number).is_special = true;
  }

  constexpr void duplicate(int where, int name) {
    mistake(where, {ir::mistake::duplicate_variable, s_.names[name], {}, {}});
  }

  constexpr void enter_block(int k) {
    block const& b = s_.blocks[k];
    if (b.name == ir::none) return;
    meaning& m = at(b.name);
    if (m.block != ir::none) duplicate(b.at, b.name);
    m.block = k;
  }
  constexpr void enter_declaration(int k) {
    declaration const& d = s_.declarations[k];
    meaning& m = at(d.name);
    if (d.kind == storage::independent) return;
    if (m.declaration == ir::none ? m.block != ir::none : !may_hide(d, m)) duplicate(d.at, d.name);
    m.declaration = k;
  }
  /// LOCAL outside of blocks hides what was declared before it.
  constexpr bool may_hide(declaration const& d, meaning const& m) const {
    bool const is_local = d.kind == storage::file_local;
    return is_local || s_.declarations[m.declaration].kind == storage::file_local;
  }
  /// x0 is the first value of the state x, Dx its derivative; usetable_NAME switches tables, and
  /// lag_x_tau is what LAG x BY tau makes.
  constexpr void enter_made_names() {
    int const count = s_.names.size();
    for (int n = 0; n < count; ++n) {
      ir::string_view const id = s_.names[n];
      if (id.size() > 1 && is_made(id)) at(n).is_special = true;
    }
  }
  constexpr bool is_made(ir::string_view id) {
    char const first = id.front();
    if (first == 'u' && id.starts_with("usetable")) return true;
    if (first == 'l' && id.starts_with("lag_")) return true;
    if (id.back() == '0' && is_state(id.substr(0, id.size() - 1))) return true;
    return first == 'D' && is_state(id.substr(1));
  }
  constexpr bool is_state(ir::string_view id) {
    int const number = s_.names.intern(id);
    extend();
    int const d = at(number).declaration;
    return d != ir::none && s_.declarations[d].kind == storage::state;
  }

  constexpr void enter_listed(listed_name const& n) {
    meaning& m = at(n.name);
    bool const declares = n.list != keyword::range && n.list != keyword::global;
    if (m.block != ir::none && declares) duplicate(n.at, n.name);
    if (m.block != ir::none && m.declaration == ir::none && !declares) return listed_block(n);
    if (!declares && !m.is_variable())
      report(n.at, grade::warning,
             {ir::mistake::unknown_variable, s_.names[n.name], "PARAMETER, ASSIGNED or STATE", {}});
    if (declares || m.list == keyword::none) m.list = n.list;
  }
  /// NEURON refuses it from version 9 on; before, it had no effect.
  constexpr void listed_block(listed_name const& n) {
    report(
        n.at, grade::warning,
        {ir::mistake::misplaced_word, s_.names[n.name], "a variable", "a FUNCTION or PROCEDURE"});
  }
  constexpr void enter_ion_variable(int k) {
    ion_variable const& v = s_.ion_variables[k];
    ir::string_view const id = s_.names[v.name], ion = s_.names[s_.ions[v.ion].name];
    if (!is_of_ion(id, ion)) {
      ir::short_string<35> expected("i");
      ((expected += ion) += ", e") += ion;
      (((expected += ", ") += ion) += "i or ") += ion;
      expected += "o";
      mistake(v.at, {ir::mistake::unknown_variable, id, expected.view(), {}});
    }
    at(v.name).ion_variable = k;
  }
  static constexpr bool is_of_ion(ir::string_view id, ir::string_view ion) {
    if (id.size() != ion.size() + 1) return false;
    bool const before = (id[0] == 'i' || id[0] == 'e') && id.substr(1) == ion;
    return before || ((id.back() == 'i' || id.back() == 'o') && id.starts_with(ion));
  }
  constexpr void enter_ions() {
    for (int k = 0; k < s_.ions.size(); ++k) {
      ion const& i = s_.ions[k];
      ir::string_view const id = s_.names[i.name];
      if (at(i.name).ion != ir::none) duplicate(i.at, i.name);
      at(i.name).ion = k;
      if (!i.has_valence && id != "na" && id != "k" && id != "ca")
        report(i.at, grade::warning,
               {ir::mistake::unknown_valence, id, "VALENCE, here or elsewhere", {}});
    }
  }

  syntax& s_;
  contents& c_;
  ir::list<meaning> all_;
};

}  // namespace nernst::nmodl::detail
