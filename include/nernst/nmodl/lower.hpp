// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/linear_forms.hpp>
#include <nernst/ir/schedule.hpp>
#include <nernst/nmodl/examine.hpp>
#include <nernst/nmodl/parse.hpp>
#include <nernst/nmodl/solution.hpp>

namespace nernst::nmodl {

namespace detail {

/// Makes a model out of a file that has no mistake. Each part of a step executes its blocks: what
/// they leave in variables that another part reads is kept, the rest is computed where it is used.
class lowering : public solution {
 public:
  using solution::solution;
  constexpr ~lowering() = default;

  constexpr void run() {
    m_.placed = slots_.is_point() ? ir::placement::point : ir::placement::density;
    refuse_blocks();
    enter_variables();
    begin(moment::initial);
    run_blocks(keyword::before, keyword::initial);
    run_blocks(keyword::initial);
    run_blocks(keyword::after, keyword::initial);
    end();
    begin(moment::update);
    find_solved();
    for (int const n : solved_) advance(s_.nodes[n]);
    end();
    begin(moment::current);
    run_blocks(keyword::before, keyword::breakpoint);
    run_blocks(keyword::breakpoint);
    end();
    begin(moment::event);
    run_event();
    end();
    if (failed()) return;
    find_kept();
    enter_following();
    enter_equations();
    enter_currents();
    enter_written();
    enter_initial();
    m_.with_update = kept_in(moment::update);
    m_.with_currents = kept_in(moment::current);
    m_.on_spike = kept_in(moment::event);
    enter_visible();
  }
  constexpr finding const& found() const { return finding_; }

 private:
  constexpr ir::list<int> const& after(moment when) const { return ended_[static_cast<int>(when)]; }
  constexpr void end() { ended_[static_cast<int>(moment_)] = now_; }

  constexpr void refuse_blocks() {
    for (block const& b : s_.blocks) {
      bool const is_moment = b.kind == keyword::before || b.kind == keyword::after;
      bool const fits = b.moment == keyword::initial ||
                        (b.kind == keyword::before && b.moment == keyword::breakpoint);
      if (is_moment && !fits) not_supported(b.at, "BEFORE, AFTER", "INITIAL and BREAKPOINT");
    }
    if (c_.kind == mechanism_kind::artificial)
      not_supported(s_.neuron_at, "ARTIFICIAL_CELL", "a neuron without a membrane");
    if (c_.kind == mechanism_kind::functions)
      not_supported(s_.neuron_at, "SUFFIX nothing", "its functions where they are used");
  }
  constexpr void enter_variables() {
    for (int k = 0; k < slots_.own(); ++k) {
      slot_kind const kind = slots_[k].kind;
      bool const is_used =
          kind == slot_kind::parameter || kind == slot_kind::shared || kind == slot_kind::state;
      if (is_used) symbol_of(k);
    }
  }

  constexpr void run_blocks(keyword kind, keyword at = keyword::none) {
    for (int k = 0; k < s_.blocks.size() && !failed(); ++k)
      if (s_.blocks[k].kind == kind && s_.blocks[k].moment == at) execute(s_.blocks[k].body);
  }

  /// The SOLVE statements of BREAKPOINT, wherever they stand there.
  constexpr void find_solved() {
    for (block const& b : s_.blocks)
      for (int n = b.first_node; n < b.last_node && b.kind == keyword::breakpoint; ++n)
        if (s_.nodes[n].kind == node_kind::solve) solved_.push_back(n);
  }
  constexpr block const& block_named(int name) const {
    int k = 0;
    while (s_.blocks[k].name != name) ++k;
    return s_.blocks[k];
  }
  constexpr void solve(node const& n) override {
    if (failed() || is_of_breakpoint(n)) return;
    block const b = block_named(n.name);
    if (b.kind == keyword::procedure) return execute(b.body);
    if (n.value != 0 && b.kind == keyword::derivative) return;  // dt is 1e-9 ms there
    if (b.kind == keyword::linear) return solve_linear(b);
    if (n.value != 0 && b.kind == keyword::kinetic) return find_steady_state(b);
    not_supported(n.at, "SOLVE in INITIAL", "write STEADYSTATE, or the values of the states");
  }
  constexpr bool is_of_breakpoint(node const& n) const {
    for (int const k : solved_)
      if (s_.nodes[k].at == n.at) return true;
    return false;
  }
  /// One SOLVE of BREAKPOINT.
  constexpr void advance(node const& n) {
    if (failed()) return;
    block const b = block_named(n.name);
    std::string_view const method = n.a == ir::none ? "" : text(s_.nodes[n.a].name);
    if (b.kind == keyword::procedure) return execute(b.body);
    if (b.kind == keyword::linear) return solve_linear(b);
    ir::method_id id = ir::method_id::backward_euler;
    is_sequential_ = method == "cnexp";
    if (method == "euler") id = ir::method_id::euler;
    if (method == "runge") id = ir::method_id::rk4;
    if (method == "matexp") id = ir::method_id::exact;
    if (is_sequential_) id = ir::method_id::exact;
    is_implicit_ = id == ir::method_id::backward_euler;
    if (b.kind == keyword::kinetic) begin_reactions();
    int const mark = log_.size();
    execute(b.body);
    for (int k = mark; k < log_.size() && is_implicit_; ++k)
      if (log_[k].slot < late_.size()) late_[log_[k].slot] = 1;
    if (b.kind == keyword::kinetic) {
      end_reactions();
      note_conserved();
    }
    for (int k = 0; k < slots_.own() && !failed(); ++k) {
      if (now_[prime_of(k)] == ir::none || is_entered(k)) continue;
      advanced_.push_back({k, id});
      if (is_sequential_) require_linear(k);
    }
    is_sequential_ = false;
    is_implicit_ = false;
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

  constexpr bool is_entered(int k) const {
    for (advanced_state const& a : advanced_)
      if (a.slot == k) return true;
    return false;
  }
  constexpr void require_linear(int k) {
    int const column[] = {0}, symbol = symbol_of(k);
    ir::linear_forms const forms(g_, column, symbol);
    if (forms.is_linear(now_[prime_of(k)])) return;
    fail(prime_at_[k],
         {ir::mistake::unsuitable_method, "cnexp", {}, "its equation is not linear in it"},
         "write METHOD derivimplicit, which solves any equation");
    m_.mistake.expected = "METHOD derivimplicit";
  }

  constexpr void run_event() {
    for (block const& b : s_.blocks) {
      if (b.kind != keyword::net_receive) continue;
      for (int k = 0; k < b.arguments; ++k) enter_connection(b.first_argument + k);
      int const flag = slots_.of_local(b.first_argument + b.arguments);
      write(flag, number(0));
      execute(b.body);
    }
  }
  constexpr void enter_connection(int local) {
    int const k = slots_.of_local(local);
    slot& v = slots_[k];
    v.kind = slot_kind::connection;
    v.unit = slots_.unit_of(s_.locals[local].unit);
    connection_.push_back(k);
    symbol_of(k);
  }
  /// What a connection begins with.
  constexpr void initial_of_event(node const& n) override {
    int const mark = log_.size();
    moment_ = moment::initial;
    execute(n.a);
    moment_ = moment::event;
    ir::list<change> const begins = undo(mark);
    for (change const& c : begins) {
      slot const& v = slots_[c.slot];
      if (v.kind != slot_kind::connection) continue;
      int const value = ir::substitute(g_, c.value, at_start());
      if (!g_.is_literal(value)) {
        not_supported(v.at, "INITIAL of NET_RECEIVE", "numbers in it");
        return;
      }
      m_.symbols[v.symbol].initial = g_[value].value * (v.unit.unit.is_one() ? 1 : v.unit.si);
    }
  }
  constexpr ir::list<int> at_start() {
    ir::list<int> replacement(m_.symbols.size(), ir::none);
    for (int s = 0; s < m_.symbols.size(); ++s)
      if (m_.at(s).kind == ir::role::time) replacement[s] = g_.literal(0, ir::units::second);
    return replacement;
  }

  /// Variables that one part of a step leaves for another one. A current that is found elsewhere,
  /// too.
  constexpr void find_kept() {
    for (int k = 0; k < slots_.own(); ++k) {
      slot& v = slots_[k];
      bool const is_current = is_own_current(k);
      bool const is_found = after(moment::current)[k] != ir::none;
      if (is_current && !is_found && v.is_written) v.is_stored = true;
      bool const is_of_event = v.is_range && after(moment::event)[k] != ir::none;
      if (v.kind == slot_kind::memory && is_of_event) v.is_stored = true;
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
      bool const is_solved = follows(k) || (when == moment::update && is_entered(k));
      bool const is_state = v.kind == slot_kind::state && !is_solved;
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

  struct advanced_state {
    int slot = ir::none;
    ir::method_id method = ir::method_id::automatic;
  };

  ir::list<int> ended_[4];
  ir::list<int> solved_, connection_;
  ir::list<advanced_state> advanced_;
  /// By slot: whether an implicit method finds it again with the new states.
  ir::list<char> late_ = ir::list<char>(slots_.own());
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
constexpr lowered lower(syntax& s, contents& c) {
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
  l.run();
  r.found = l.found();
  return r;
}
constexpr lowered lower(source const& file, ir::span<source const> included = {}) {
  syntax s = parse(file, included);
  contents c = examine(s);
  return lower(s, c);
}

}  // namespace nernst::nmodl
