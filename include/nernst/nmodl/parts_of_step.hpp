// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/linear_forms.hpp>
#include <nernst/nmodl/solution.hpp>

namespace nernst::nmodl::detail {

/// Executes the blocks of a file in the parts of a step that they belong to.
class parts_of_step : public solution {
 public:
  constexpr parts_of_step(syntax& s, contents& c, ir::model& m) : solution(s, c, m) {
    derived_.at_beginning = [](symbolic const& x, int slot) {
      return static_cast<parts_of_step const&>(x).left_by_initial(slot);
    };
    derived_.solve = [](symbolic& x, node const& n) {
      static_cast<parts_of_step&>(x).solve_in_block(n);
    };
    derived_.initial_of_event = [](symbolic& x, node const& n) {
      static_cast<parts_of_step&>(x).begin_connection(n);
    };
  }

 protected:
  constexpr ir::list<int> const& after(moment when) const { return ended_[static_cast<int>(when)]; }
  constexpr void end() { ended_[static_cast<int>(moment_)] = now_; }
  /// Behind the states, what an implicit method finds again with them is known.
  constexpr void begin_late() {
    begin(moment::late);
    for (int k = 0; k < late_.size(); ++k)
      if (late_[k] != 0) now_[k] = after(moment::update)[k];
  }
  constexpr void end_late() {
    for (int k = 0; k < late_.size(); ++k)
      if (late_[k] != 0 && now_[k] == after(moment::update)[k]) now_[k] = ir::none;
    end();
  }
  constexpr int left_by_initial(int k) const {
    return moment_ == moment::initial ? ir::none : after(moment::initial)[k];
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
  constexpr void solve_in_block(node const& n) {
    if (failed() || is_of_breakpoint(n)) return;
    if (is_solving_)
      return not_supported(n.at, "SOLVE in a block that is solved", "write it in INITIAL");
    is_solving_ = true;
    solve_once(n);
    is_solving_ = false;
  }
  constexpr void solve_once(node const& n) {
    block const b = block_named(n.name);
    if (b.kind == keyword::procedure) return execute(b.body);
    if (n.value != 0 && b.kind == keyword::derivative) return;  // dt is 1e-9 ms there
    if (b.kind == keyword::linear) return solve_linear(b);
    if (n.value != 0 && b.kind == keyword::kinetic) return find_steady_state(b);
    if (b.kind == keyword::kinetic)
      return solve_implicitly(b, reacting_in(b), one_over_step(), {.stops = true});
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
    ir::string_view const method = n.a == ir::none ? "" : text(s_.nodes[n.a].name);
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
    if (b.kind == keyword::kinetic) end_reactions();
    int const rounds = is_implicit_ && !failed() ? rounds_of(states_moved().size()) : 0;
    if (rounds > 0 && !is_linear()) return step_by_newton(b, mark, rounds);
    if (method == "matexp" && !failed() && !rates_stay()) return step_by_exponential(b, mark);
    for (int k = mark; k < log_.size() && is_implicit_; ++k)
      if (log_[k].slot < late_.size()) late_[log_[k].slot] = 1;
    if (b.kind == keyword::kinetic) note_conserved();
    for (int k = 0; k < slots_.own() && !failed(); ++k) {
      if (now_[prime_of(k)] == ir::none || is_entered(k)) continue;
      advanced_.push_back({k, id});
      if (is_sequential_) require_linear(k);
    }
    is_sequential_ = false;
    is_implicit_ = false;
  }
  /// Whether the equations of a block that has been executed are linear in all states that have
  /// one.
  constexpr bool is_linear() {
    ir::list<int> column(m_.symbols.size(), ir::none);
    for (int const k : states_moved()) column[symbol_of(k)] = k;
    ir::linear_forms const forms(g_, column, 0, ir::linear_forms::draws::constant);
    for (int const k : states_moved())
      if (!forms.is_linear(now_[prime_of(k)])) return false;
    return true;
  }
  /// Whether the rates of reactions that have been executed are the same in all steps of a run.
  constexpr bool rates_stay() const {
    ir::list<int> states;
    for (int const k : states_moved()) states.push_back(slots_[k].symbol);
    for (int const k : states_moved()) {
      bool const varies = ir::any_of(m_.nodes, now_[prime_of(k)], [&](ir::node const& n) {
        if (n.code != ir::op::symbol || has(states, n.which)) return ir::is_random(n.code);
        ir::variation const with = ir::variation_of(m_.at(n.which).kind);
        return ir::changes(with, ir::variation::by_step | ir::variation::within_step);
      });
      if (varies) return false;
    }
    return true;
  }
  constexpr ir::list<int> states_moved() const {
    ir::list<int> all;
    for (int k = 0; k < slots_.own(); ++k)
      if (now_[prime_of(k)] != ir::none && !is_entered(k)) all.push_back(k);
    return all;
  }
  /// How many rounds the compiler makes in reasonable time: of more states, each is longer.
  static constexpr int rounds_of(int states) {
    constexpr int few = 4, many = 12;
    if (states <= few) return 5;
    return states <= many ? 3 : 0;
  }
  /// Executes reactions anew, for what NEURON's matexp makes of rates that vary.
  constexpr void step_by_exponential(block const& b, int mark) {
    undo(mark);
    ir::list<diffusing_state> const noted = diffusing_;
    diffusing_.clear();
    solve_by_exponential(b, reacting_in(b));
    diffusing_ = noted;
  }
  /// Executes a block anew, for what NEURON's methods make of equations that are not linear.
  constexpr void step_by_newton(block const& b, int mark, int rounds) {
    bool const reacts = b.kind == keyword::kinetic;
    ir::list<int> unknown = states_moved();
    if (reacts) unknown = reacting_in(b);
    undo(mark);
    is_implicit_ = false;
    ir::list<diffusing_state> const noted = diffusing_;
    diffusing_.clear();
    solve_implicitly(b, unknown, one_over_step(), {.rounds = rounds, .stops = reacts});
    diffusing_ = noted;
  }
  constexpr int one_over_step() {
    return g_.divide(number(1), from_outside(m_.time_step(), {ir::units::second, 1e-3}));
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

  /// What the blocks of an event have written: the loops over connections stand between the others.
  struct event_parts {
    ir::list<ir::list<int>> blocks, loops;
  };

  /// NET_RECEIVE for what connections send, and, where that occurs, for what they do not.
  constexpr void run_event(bool sends_at_start) {
    for (block const& b : s_.blocks) {
      if (b.kind != keyword::net_receive) continue;
      for (int k = 0; k < b.arguments; ++k) enter_connection(b.first_argument + k);
      receive(b, of_connection_);
      is_own_ = true;
      if (sends_at_start || !watches_.empty()) receive(b, of_itself_);
      is_own_ = false;
    }
  }

 private:
  constexpr void enter_connection(int local) {
    int const k = slots_.of_local(local);
    slot& v = slots_[k];
    v.kind = slot_kind::connection;
    v.unit = slots_.unit_of(s_.locals[local].unit);
    arguments_.push_back(k);
    symbol_of(k);
  }

  constexpr void receive(block const& b, event_parts& to) {
    sent_ = 0;
    guards_ = 0;
    flag_ = slots_.of_local(b.first_argument + b.arguments);
    begin_part(false);
    execute_in_parts(s_.nodes[b.body].a, ir::none, to);
    to.blocks.push_back(now_);
    continues_ = false;
    m_.events_needed.loops = to.loops.size();
    if (!to.loops.empty()) m_.events_needed.any = true;
  }
  constexpr void begin_part(bool continues) {
    begin(moment::event);
    continues_ = continues;
    write(flag_, is_eventful() ? g_.symbol(flag_symbol()) : number(0));
  }
  /// Whether an event may come from elsewhere than a connection.
  constexpr bool is_eventful() const {
    for (construct const c : {construct::net_send, construct::net_move, construct::watch,
                              construct::for_netcons, construct::net_event})
      if (c_.uses_construct(c)) return true;
    return false;
  }
  constexpr int flag_symbol() { return m_.declare({.id = "_flag", .kind = ir::role::state}); }

  /// The statements from `first` on, where `guard` is not 0. What has FOR_NETCONS in it is taken
  /// apart.
  constexpr void execute_in_parts(int first, int guard, event_parts& to) {
    for (int k = first; k != ir::none && !failed(); k = s_.nodes[k].next) {
      node const n = s_.nodes[k];
      if (!has_loop(k))
        guarded(guard, n);
      else
        execute_in_parts_of(n, guard, to);
    }
  }
  constexpr void execute_in_parts_of(node const& n, int guard, event_parts& to) {
    switch (n.kind) {
    case node_kind::block:
      return execute_in_parts(n.a, guard, to);
    case node_kind::for_netcons:
      return loop_over_connections(n, guard, to);
    case node_kind::choice: {
      int const holds = as_condition(value(n.a));
      int const yes = new_guard(n.at), no = new_guard(n.at);
      if (failed()) return;
      int const outer = guard == ir::none ? number(1) : read(guard);
      write(yes, g_.select(holds, outer, number(0)));
      write(no, g_.select(holds, number(0), outer));
      execute_in_parts_of(s_.nodes[n.b], yes, to);
      if (n.c == ir::none) return;
      if (has_loop(n.c)) return execute_in_parts_of(s_.nodes[n.c], no, to);
      return guarded(no, s_.nodes[n.c]);
    }
    default:
      return not_supported(n.at, "FOR_NETCONS within a loop", "it beside the loop");
    }
  }
  constexpr bool has_loop(int k) const {
    node const& n = s_.nodes[k];
    auto const within = [this](int body) {
      for (int i = body == ir::none ? ir::none : s_.nodes[body].a; i != ir::none;
           i = s_.nodes[i].next)
        if (has_loop(i)) return true;
      return false;
    };
    switch (n.kind) {
    case node_kind::for_netcons:
      return true;
    case node_kind::block:
      return within(k);
    case node_kind::choice:
      return within(n.b) || (n.c != ir::none && has_loop(n.c));
    case node_kind::count:
      return within(n.d);
    case node_kind::repeat:
      return within(n.b);
    default:
      return false;
    }
  }
  constexpr int new_guard(int at) {
    if (guards_ == event_slots::most_guards) {
      not_supported(at, "FOR_NETCONS under so many conditions", "fewer of them");
      return ir::none;
    }
    return slots_.of_event(event_slots::guard + guards_++);
  }
  constexpr void guarded(int guard, node const n) {
    if (guard == ir::none) return statement(n);
    int const condition = as_condition(read(guard)), mark = log_.size();
    statement(n);
    ir::list<change> const yes = undo(mark);
    merge(condition, yes, {});
  }

  /// Ends one block of the event, and begins the next behind the loop.
  constexpr void loop_over_connections(node const& n, int guard, event_parts& to) {
    if (n.value != arguments_.size())
      return not_supported(n.at, "FOR_NETCONS", "as many arguments as NET_RECEIVE");
    to.blocks.push_back(now_);
    begin_part(true);
    loops_ = true;
    for (int k = 0; k < arguments_.size(); ++k) {
      int const here = slots_.of_local(n.a + k);
      slots_[here] = slots_[arguments_[k]];
      if (!has(looped_, here)) looped_.push_back(here);
    }
    guarded(guard, s_.nodes[n.b]);
    loops_ = false;
    to.loops.push_back(now_);
    begin_part(true);
  }

  /// What a connection begins with: a number, or what it computes before the first step.
  constexpr void begin_connection(node const& n) {
    if (is_own_ || begun_) return;
    begun_ = true;
    ir::list<change> begins = at_moment(moment::initial, n.a);
    bool are_numbers = true;
    for (change& c : begins) {
      c.value = ir::substitute(g_, c.value, at_start());
      bool const is_of_connection = slots_[c.slot].kind == slot_kind::connection;
      bool const is_sent = slots_[c.slot].kind == slot_kind::outbox;
      bool const is_kept = is_of_connection || is_sent || c.slot < slots_.own();
      are_numbers = are_numbers && (!is_kept || (is_of_connection && g_.is_literal(c.value)));
    }
    if (!are_numbers) {
      begins_ = at_moment(moment::connect, n.a);
      m_.events_needed.begins = m_.events_needed.any = true;
      return;
    }
    for (change const& c : begins) {
      slot const& v = slots_[c.slot];
      if (v.kind == slot_kind::connection)
        m_.symbols[v.symbol].initial = g_[c.value].value * (v.unit.unit.is_one() ? 1 : v.unit.si);
    }
  }
  constexpr ir::list<change> at_moment(moment when, int body) {
    int const mark = log_.size();
    moment_ = when;
    execute(body);
    moment_ = moment::event;
    return undo(mark);
  }
  constexpr ir::list<int> at_start() {
    ir::list<int> replacement(m_.symbols.size(), ir::none);
    for (int s = 0; s < m_.symbols.size(); ++s)
      if (m_.at(s).kind == ir::role::time) replacement[s] = g_.literal(0, ir::units::second);
    return replacement;
  }

 protected:
  event_parts of_connection_, of_itself_;
  ir::list<int> looped_;     ///< arguments of FOR_NETCONS: slots
  ir::list<change> begins_;  ///< what connections begin with
  int flag_ = ir::none;      ///< a slot

  struct advanced_state {
    int slot = ir::none;
    ir::method_id method = ir::method_id::automatic;
  };

  ir::list<ir::list<int>> ended_ = ir::list<ir::list<int>>(5);
  ir::list<int> solved_;
  bool is_solving_ = false;
  ir::list<advanced_state> advanced_;
  /// By slot: whether an implicit method finds it again with the new states.
  ir::list<char> late_ = ir::list<char>(slots_.own());

 private:
  int guards_ = 0;
  bool begun_ = false;  ///< INITIAL of NET_RECEIVE has been executed
};

}  // namespace nernst::nmodl::detail
