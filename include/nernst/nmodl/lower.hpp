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

  constexpr void run() {
    m_.placed = slots_.is_point() ? ir::placement::point : ir::placement::density;
    if (c_.kind == mechanism_kind::artificial) m_.placed = ir::placement::artificial;
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
    bool const is_late = !writes_current();
    if (!is_late) run_blocks(keyword::breakpoint);
    end();
    begin_late();
    if (is_late) run_blocks(keyword::breakpoint);
    run_blocks(keyword::after, keyword::solve);
    run_blocks(keyword::before, keyword::step);
    end_late();
    run_event(sends_at_start());
    end_event();
    require_held();
    if (failed()) return;
    enter_watches();
    find_kept();
    enter_following();
    enter_equations();
    enter_currents();
    enter_written();
    enter_diffusions();
    enter_initial();
    m_.with_update = kept_in(moment::update);
    m_.with_currents = kept_in(moment::current);
    m_.written.append(kept_in(moment::late));
    enter_events();
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
    if (c_.kind == mechanism_kind::functions)
      not_supported(s_.neuron_at, "SUFFIX nothing", "its functions where they are used");
    for (node const& n : s_.nodes)
      if (n.kind == node_kind::diffusion && slots_.is_point())
        not_supported(n.at, "LONGITUDINAL_DIFFUSION", "write SUFFIX");
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
      bool const is_changed =
          after(moment::current)[k] != ir::none || after(moment::event)[k] != ir::none ||
          after(moment::late)[k] != ir::none || slots_.use(slots_[k].name).write != ir::none;
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
  /// NEURON carries out the statements of BREAKPOINT behind SOLVE where there is none.
  constexpr bool writes_current() const {
    for (listed_name const& n : s_.listed)
      if (n.list == keyword::electrode_current || n.list == keyword::nonspecific_current)
        return true;
    for (int k = 0; k < s_.ion_variables.size(); ++k)
      if (s_.ion_variables[k].is_written && is_current_of_ion(k)) return true;
    return false;
  }
  constexpr bool is_own_current(int k) const {
    name_use const& u = slots_.use(slots_[k].name);
    if (u.is_current || u.is_electrode) return true;
    return u.write != ir::none && is_current_of_ion(u.write);
  }
  constexpr bool is_current_of_ion(int variable) const {
    ion_variable const& v = s_.ion_variables[variable];
    ir::string_view const id = text(v.name);
    return id[0] == 'i' && id.substr(1) == text(s_.ions[v.ion].name);
  }

  constexpr ir::list<ir::assignment> kept_in(moment when) { return kept_of(after(when), when); }
  constexpr ir::list<ir::assignment> kept_of(ir::list<int> const& now, moment when) {
    ir::list<ir::assignment> all;
    for (int k = 0; k < slots_.own(); ++k) {
      slot const v = slots_[k];
      bool const is_kept =
          v.kind == slot_kind::pointer || (v.kind == slot_kind::memory && v.is_stored);
      bool const is_solved = follows(k) || (when == moment::update && is_entered(k));
      bool const is_state = v.kind == slot_kind::state && !is_solved;
      bool const is_late = when == moment::update && late_[k] != 0;
      if (is_late && after(moment::late)[k] != ir::none) continue;
      if (is_late && is_kept && now[k] != ir::none)
        m_.written.push_back({symbol_of(k), to_outside(now[k], v.unit)});
      else if (now[k] != ir::none && (is_kept || is_state))
        all.push_back({symbol_of(k), to_outside(now[k], v.unit)});
    }
    bool const is_of_event = when == moment::event || when == moment::initial;
    for (int k = 0; is_of_event && k < event_slots::guard; ++k)
      if (int const s = slots_.of_event(k); s != ir::none && now[s] != ir::none)
        all.push_back({outbox_symbol(s), now[s]});
    return all;
  }
  constexpr void add_connection(ir::list<ir::assignment>& to, ir::list<int> const& slots_there,
                                ir::list<int> const& now) {
    for (int const k : slots_there)
      if (now[k] != ir::none) to.push_back({slots_[k].symbol, to_outside(now[k], slots_[k].unit)});
  }

  constexpr bool sends_at_start() const {
    int const first = slots_.of_event(event_slots::delay);
    return first != ir::none && after(moment::initial)[first] != ir::none;
  }
  /// What any block of an event has written, for those who ask whether it has.
  constexpr void end_event() {
    ir::list<int> all(now_.size(), ir::none);
    for (event_parts const* const of : {&of_connection_, &of_itself_})
      for (ir::list<ir::list<int>> const* const blocks : {&of->blocks, &of->loops})
        for (ir::list<int> const& written : *blocks)
          for (int k = 0; k < all.size(); ++k)
            if (written[k] != ir::none) all[k] = written[k];
    begin(moment::event);
    now_ = all;
    end();
  }
  /// 1 while it is waited for, 2 where the condition holds, 3 where it has just come to hold.
  constexpr void enter_watches() {
    begin(moment::late);
    now_ = after(moment::late);
    for (int k = 0; k < watches_.size(); ++k) {
      ir::identifier const id = ir::identifier("_watch_").append(k);
      int const symbol = m_.declare({.id = id, .kind = ir::role::state});
      int const above = g_.make(ir::op::greater, excess(s_.nodes[watches_[k]]), number(0));
      int const old = g_.symbol(symbol);
      int const waits = g_.make(ir::op::equal, old, number(1));
      int const is_on = g_.make(ir::op::greater, old, number(0));
      int const found = g_.select(waits, number(3), old);
      m_.written.push_back(
          {symbol, g_.select(is_on, g_.select(above, found, number(1)), number(0))});
    }
  }
  constexpr void enter_events() {
    for (event_parts const* const of : {&of_connection_, &of_itself_}) {
      bool const is_own = of == &of_itself_;
      ir::event_part const part =
          is_own ? ir::event_part::of_itself : ir::event_part::of_connection;
      for (int k = 0; k < of->blocks.size(); ++k) {
        ir::list<int> const& now = of->blocks[k];
        ir::list<ir::assignment> all = kept_of(now, moment::event);
        if (!is_own) add_connection(all, arguments_, now);
        if (k + 1 < of->blocks.size()) carry(all, now, is_own);
        if (k == 0 && !is_own)
          m_.on_spike = all;
        else
          m_.event_blocks.push_back({part, k, all});
      }
    }
    for (int k = 0; k < of_connection_.loops.size(); ++k) {
      ir::list<int> const& now = of_connection_.loops[k];
      ir::list<ir::assignment> all = kept_of(now, moment::event);
      add_connection(all, looped_, now);
      for (change const& c : carried_)
        if (now[c.slot] != ir::none && !has(arguments_, c.slot) && c.slot != flag_)
          all.push_back({c.value, now[c.slot]});
      m_.event_blocks.push_back({ir::event_part::each, k, all});
    }
    enter_beginning();
    // Without events of its own it acts at the end of the step, as if it stood in the next one.
    if (!m_.events_needed.any) ir::act_at_end_of_step(m_, m_.on_spike);
  }
  /// What blocks of the same event read that come later.
  constexpr void carry(ir::list<ir::assignment>& to, ir::list<int> const& now, bool is_own) {
    for (change const& c : carried_) {
      bool const is_argument = has(arguments_, c.slot);
      slot const v = slots_[c.slot];
      if (c.slot == flag_) continue;
      int value = now[c.slot];
      if (value == ir::none && is_argument)
        value = is_own ? number(0) : from_outside(g_.symbol(v.symbol), v.unit);
      if (value != ir::none) to.push_back({c.value, value});
    }
  }
  constexpr void enter_beginning() {
    ir::list<int> now(now_.size(), ir::none);
    for (change const& c : begins_) now[c.slot] = c.value;
    if (begins_.empty()) return;
    ir::list<ir::assignment> all = kept_of(now, moment::connect);
    add_connection(all, arguments_, now);
    m_.event_blocks.push_back({ir::event_part::beginning, 0, all});
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
  constexpr void enter_current(int k, ir::string_view ion, bool is_inward) {
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
      } else if (int const behind = after(moment::late)[of]; behind != ir::none) {
        int const kept = first_concentration(of, to);
        m_.written.push_back({kept, to_outside(behind, v.unit)});
        m_.written.push_back({to, g_.symbol(kept)});
      } else if (int const late = after(moment::update)[of]; late != ir::none && late_[of] != 0) {
        m_.written.push_back({to, to_outside(late, v.unit)});
      } else if (v.is_written) {
        enter_kept_concentration(of, to);
      }
    }
  }
  constexpr void enter_diffusions() {
    interface_unit const area{power(ir::units::metre, 2), 1e-12};
    interface_unit const transport{power(ir::units::metre, 4) / ir::units::second, 1e-21};
    for (diffusing_state const& d : diffusing_) {
      slot const v = slots_[d.slot];
      ir::diffusion& one = ir::add_diffusion(m_, v.symbol, to_outside(d.volume, area),
                                             to_outside(d.transport, transport));
      if (slots_.use(v.name).write != ir::none) one.concentration = ion_symbol(v.name);
    }
  }
  /// A state that begins with what INITIAL leaves in the concentration.
  constexpr int first_concentration(int k, int to) {
    slot const v = slots_[k];
    ir::identifier id("_");
    id += text(v.name);
    int const kept = m_.add({.id = id, .kind = ir::role::state, .unit = v.unit.unit});
    int const n = after(moment::initial)[k];
    m_.initial.push_back({kept, n != ir::none ? to_outside(n, v.unit) : g_.symbol(to)});
    return kept;
  }
  constexpr void enter_kept_concentration(int k, int to) {
    slot const v = slots_[k];
    int const kept = first_concentration(k, to);
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
  int fixed = 0;
  do {
    fixed = c.fixed.size();
    r.model = {};
    r.model.nodes.reserve(s.nodes.size());
    detail::lowering l(s, c, r.model);
    l.use(mode);
    l.run();
    r.found = l.found();
  } while (c.fixed.size() > fixed);
  return r;
}
constexpr lowered lower(source const& file, ir::span<source const> included = {},
                        table_mode mode = table_mode::none,
                        constants values = constants::codata_2018) {
  syntax s = parse(file, included);
  contents c = examine(s, values);
  return lower(s, c, mode);
}

}  // namespace nernst::nmodl
