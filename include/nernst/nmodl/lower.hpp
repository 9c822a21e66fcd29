// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/schedule.hpp>
#include <nernst/nmodl/examine.hpp>
#include <nernst/nmodl/membrane.hpp>
#include <nernst/nmodl/parse.hpp>

namespace nernst::nmodl {

namespace detail {

/// Makes a model out of a file that has no mistake. Each part of a step executes its blocks: what
/// they leave in variables that another part reads is kept, the rest is computed where it is used.
class lowering : public membrane {
 public:
  using membrane::membrane;

  constexpr void run() {
    m_.placed = slots_.is_point() ? ir::placement::point : ir::placement::density;
    if (c_.kind == mechanism_kind::artificial) m_.placed = ir::placement::artificial;
    refuse_blocks();
    enter_variables();
    execute_parts();
    require_held();
    if (!failed()) enter_parts();
  }
  constexpr finding const& found() const { return finding_; }

 private:
  constexpr void execute_parts() {
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
    run_event();
    end_event();
  }
  constexpr void enter_parts() {
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
