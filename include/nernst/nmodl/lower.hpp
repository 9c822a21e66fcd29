// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/schedule.hpp>
#include <nernst/nmodl/examine.hpp>
#include <nernst/nmodl/parse.hpp>
#include <nernst/nmodl/parts_of_step.hpp>

namespace nernst::nmodl {

namespace detail {

/// Makes a model out of a file that has no mistake. Each part of a step executes its blocks: what
/// they leave in variables that another part reads is kept, the rest is computed where it is used.
class lowering : public parts_of_step {
 public:
  using parts_of_step::parts_of_step;
  constexpr ~lowering() = default;

  constexpr void run() {
    m_.placed = slots_.is_point() ? ir::placement::point : ir::placement::density;
    refuse_blocks();
    enter_variables();
    begin(moment::initial);
    run_blocks(keyword::before, keyword::initial);
    run_blocks(keyword::initial);
    run_blocks(keyword::after, keyword::initial);
    run_blocks(keyword::before, keyword::step);
    end();
    begin(moment::update);
    find_solved();
    for (int const n : solved_) advance(s_.nodes[n]);
    end();
    begin(moment::current);
    run_blocks(keyword::before, keyword::breakpoint);
    run_blocks(keyword::breakpoint);
    end();
    begin(moment::late);
    run_blocks(keyword::after, keyword::solve);
    run_blocks(keyword::before, keyword::step);
    end();
    begin(moment::event);
    run_event();
    end();
    require_held();
    if (failed()) return;
    find_kept();
    enter_following();
    enter_equations();
    enter_currents();
    enter_written();
    enter_initial();
    m_.with_update = kept_in(moment::update);
    m_.with_currents = kept_in(moment::current);
    m_.written.append(kept_in(moment::late));
    m_.on_spike = kept_in(moment::event);
    enter_visible();
  }
  constexpr finding const& found() const { return finding_; }

 private:
  constexpr void refuse_blocks() {
    for (block const& b : s_.blocks) {
      bool const is_before = b.kind == keyword::before, is_after = b.kind == keyword::after;
      bool const has_no_moment = (is_before && b.moment == keyword::solve) ||
                                 (is_after && b.moment == keyword::breakpoint) ||
                                 (is_after && b.moment == keyword::step);
      if (has_no_moment)
        not_supported(b.at, is_before ? "BEFORE SOLVE" : "AFTER",
                      "BEFORE INITIAL, BREAKPOINT or STEP, AFTER INITIAL or SOLVE");
    }
    if (c_.kind == mechanism_kind::artificial)
      not_supported(s_.neuron_at, "ARTIFICIAL_CELL", "a neuron without a membrane");
    if (c_.kind == mechanism_kind::functions)
      not_supported(s_.neuron_at, "SUFFIX nothing", "its functions where they are used");
  }
  /// What tables take for what INITIAL leaves stays that.
  constexpr void require_held() {
    for (int k = 0; k < slots_.own() && !failed(); ++k)
      for (moment const later : {moment::update, moment::current, moment::event, moment::late}) {
        int const now = is_held_[k] == ir::none ? ir::none : after(later)[k];
        if (now != ir::none && now != after(moment::initial)[k])
          not_of_argument(is_held_[k], slots_[k].name, text(slots_[k].name));
      }
  }
  constexpr void enter_variables() {
    for (int k = 0; k < slots_.own(); ++k) {
      slot_kind const kind = slots_[k].kind;
      bool const is_used =
          kind == slot_kind::parameter || kind == slot_kind::shared || kind == slot_kind::state;
      if (is_used) symbol_of(k);
    }
  }

  /// Unless something else changes it, such a state is what the others leave.
  constexpr void enter_following() {
    for (int f = 0; f < following_.size(); ++f) {
      int const k = following_[f].slot;
      bool const is_changed = after(moment::current)[k] != ir::none ||
                              after(moment::event)[k] != ir::none ||
                              slots_.use(slots_[k].name).write != ir::none;
      if (is_changed) {
        following_[f].slot = ir::none;
        continue;
      }
      slot const& v = slots_[k];
      m_.symbols[v.symbol].kind = ir::role::subexpression;
      m_.subexpressions.push_back({v.symbol, to_outside(following_[f].value, v.unit)});
    }
  }

  /// Variables that one part of a step leaves for another one. A current that is found elsewhere,
  /// too.
  constexpr void find_kept() {
    for (int k = 0; k < slots_.own(); ++k) {
      slot& v = slots_[k];
      bool const is_current = is_own_current(k);
      bool const is_found = after(moment::current)[k] != ir::none;
      if (is_current && !is_found && v.is_written) v.is_stored = true;
      bool const is_beside =
          after(moment::event)[k] != ir::none || after(moment::late)[k] != ir::none;
      if (v.kind == slot_kind::memory && v.is_range && is_beside) v.is_stored = true;
    }
  }
  constexpr bool is_own_current(int k) const {
    name_use const& u = slots_.use(slots_[k].name);
    if (u.is_current || u.is_electrode) return true;
    return u.write != ir::none && is_current_of_ion(u.write);
  }
  constexpr bool is_current_of_ion(int variable) const {
    ion_variable const& v = s_.ion_variables[variable];
    std::string_view const id = text(v.name);
    return id[0] == 'i' && id.substr(1) == text(s_.ions[v.ion].name);
  }

  constexpr ir::list<ir::assignment> kept_in(moment when) {
    ir::list<ir::assignment> all;
    ir::list<int> const& now = after(when);
    for (int k = 0; k < slots_.own(); ++k) {
      slot const v = slots_[k];
      bool const is_kept = v.kind == slot_kind::memory && v.is_stored;
      bool const is_behind = when == moment::update || when == moment::late;
      bool const is_solved = follows(k) || (is_behind && is_entered(k));
      bool const is_state = v.kind == slot_kind::state && !is_solved;
      if (when == moment::late && is_solved && now[k] != ir::none)
        return not_supported(v.at, "a STATE that AFTER SOLVE changes", "its equation"), all;
      bool const is_late = when == moment::update && late_[k] != 0;
      if (is_late && is_kept && now[k] != ir::none)
        m_.written.push_back({symbol_of(k), to_outside(now[k], v.unit)});
      else if (now[k] != ir::none && (is_kept || is_state))
        all.push_back({symbol_of(k), to_outside(now[k], v.unit)});
    }
    if (when != moment::event) return all;
    for (int const k : connection_)
      if (now[k] != ir::none) all.push_back({slots_[k].symbol, to_outside(now[k], slots_[k].unit)});
    return all;
  }
  constexpr void enter_initial() {
    begin(moment::initial);
    for (int k = 0; k < slots_.own(); ++k) {
      slot const v = slots_[k];
      bool const has_value = after(moment::initial)[k] != ir::none || follows(k);
      if (v.kind != slot_kind::state || has_value) continue;
      m_.initial.push_back({v.symbol, to_outside(first_value(k), v.unit)});
    }
    m_.initial.append(kept_in(moment::initial));
  }

  constexpr void enter_equations() {
    for (advanced_state const& a : advanced_) {
      if (follows(a.slot)) continue;
      slot const& v = slots_[a.slot];
      ir::dimension const per_second = v.unit.unit / ir::units::second;
      double const si = v.unit.unit.is_one() ? 1 : v.unit.si;
      int const rate = after(moment::update)[prime_of(a.slot)];
      ir::equation e{.symbol = v.symbol, .method = a.method};
      e.rhs = g_.multiply(as_number(rate), g_.literal(1e3 * si, per_second));
      if (a.method == ir::method_id::exact && sequential_[a.slot] != 0 && reads_others(e))
        e.method = ir::method_id::exponential_euler;
      m_.equations.push_back(e);
    }
  }
  /// Whether an equation needs time or the states of others.
  constexpr bool reads_others(ir::equation const& e) const {
    return ir::any_of(m_.nodes, e.rhs, [&](ir::node const& n) {
      if (n.code != ir::op::symbol || n.which == e.symbol) return false;
      ir::role const kind = m_.at(n.which).kind;
      return kind == ir::role::state || kind == ir::role::time || kind == ir::role::time_step;
    });
  }

  constexpr void enter_currents() {
    for (listed_name const& n : s_.listed) {
      bool const is_electrode = n.list == keyword::electrode_current;
      if (is_electrode || n.list == keyword::nonspecific_current)
        enter_current(slots_.of_name(n.name), {}, is_electrode);
    }
    for (int k = 0; k < s_.ion_variables.size(); ++k) {
      ion_variable const& v = s_.ion_variables[k];
      if (v.is_written && is_current_of_ion(k))
        enter_current(slots_.of_name(v.name), text(s_.ions[v.ion].name), false);
    }
  }
  constexpr void enter_current(int k, std::string_view ion, bool is_inward) {
    slot const v = slots_[k];
    int value = after(moment::current)[k];
    if (value == ir::none && !v.is_stored) return;
    if (value == ir::none) value = from_outside(g_.symbol(symbol_of(k)), v.unit);
    if (is_inward) value = g_.negate(value);
    ir::membrane_current c{.value = to_outside(value, slots_.current_unit())};
    c.ion = ion;
    c.is_of_electrode = is_inward;
    m_.currents.push_back(c);
  }

  /// Concentrations and potentials that the mechanism gives its compartment.
  constexpr void enter_written() {
    for (int k = 0; k < s_.ion_variables.size(); ++k) {
      ion_variable const& w = s_.ion_variables[k];
      if (!w.is_written || is_current_of_ion(k)) continue;
      int const of = slots_.of_name(w.name);
      slot const v = slots_[of];
      int const to = ion_symbol(w.name);
      if (v.kind == slot_kind::state) {
        interface_unit const there{m_.at(to).unit, m_.at(to).unit == ir::units::volt ? 1e-3 : 1};
        int const value = from_outside(g_.symbol(v.symbol), v.unit);
        m_.written.push_back({to, to_outside(value, there)});
      } else if (int const now = after(moment::current)[of]; now != ir::none) {
        m_.written.push_back({to, to_outside(now, v.unit)});
      } else if (int const late = after(moment::update)[of]; late != ir::none && late_[of] != 0) {
        m_.written.push_back({to, to_outside(late, v.unit)});
      } else if (v.is_written) {
        enter_kept_concentration(of, to);
      }
    }
  }
  constexpr void enter_kept_concentration(int k, int to) {
    slot const v = slots_[k];
    ir::identifier id("_");
    id += text(v.name);
    int const kept = m_.add({.id = id, .kind = ir::role::state, .unit = v.unit.unit});
    if (int const n = after(moment::initial)[k]; n != ir::none)
      m_.initial.push_back({kept, to_outside(n, v.unit)});
    else
      m_.initial.push_back({kept, g_.symbol(to)});
    if (int const n = after(moment::update)[k]; n != ir::none)
      kept_.push_back({kept, to_outside(n, v.unit)});
    m_.written.push_back({to, g_.symbol(kept)});
  }

  /// What users may read that is not stored.
  constexpr void enter_visible() {
    m_.with_update.append(kept_);
    for (int k = 0; k < slots_.own(); ++k) {
      slot const v = slots_[k];
      bool const is_seen = v.is_range || is_own_current(k);
      if (v.kind != slot_kind::memory || v.is_stored || !is_seen) continue;
      int value = after(moment::current)[k];
      if (value == ir::none) value = after(moment::update)[k];
      if (value == ir::none) value = after(moment::initial)[k];
      if (value == ir::none || draws(value)) continue;
      auto const id = slots_.spelled(v);
      constexpr int longest = 31;
      if (id.size > longest) continue;
      int const symbol =
          m_.add({.id = id.view(), .kind = ir::role::subexpression, .unit = v.unit.unit});
      m_.subexpressions.push_back({symbol, to_outside(value, v.unit)});
    }
  }
  constexpr bool draws(int value) const {
    return ir::any_of(m_.nodes, value, [](ir::node const& n) { return ir::is_random(n.code); });
  }

  ir::list<ir::assignment> kept_;
};

}  // namespace detail

/// A file as a model, or what is wrong with it.
struct lowered {
  ir::model model;
  finding found;  ///< located; its model has the same mistake
};

/// The intermediate representation of a file that was examined. What cannot be lowered is one
/// finding, which `model::mistake` repeats.
constexpr lowered lower(syntax& s, contents& c, table_mode mode = table_mode::none) {
  lowered r;
  if (!s.ok()) {
    r.found = s.mistake;
  } else {
    for (grade const weight : {grade::mistake, grade::refusal})
      if (finding const* const f = c.first(weight); f != nullptr && r.found.what.ok())
        r.found = s.located(*f);
  }
  if (!r.found.what.ok()) {
    r.model.mistake = detail::to_diagnosis(r.found);
    return r;
  }
  detail::lowering l(s, c, r.model);
  l.use(mode);
  l.run();
  r.found = l.found();
  return r;
}
constexpr lowered lower(source const& file, ir::span<source const> included = {},
                        table_mode mode = table_mode::none) {
  syntax s = parse(file, included);
  contents c = examine(s);
  return lower(s, c, mode);
}

}  // namespace nernst::nmodl
