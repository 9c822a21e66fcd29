// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/parts_of_step.hpp>

namespace nernst::nmodl::detail {

/// Executes NET_RECEIVE, and enters what it does as blocks of events.
class net_receive : public parts_of_step {
 public:
  constexpr net_receive(syntax& s, contents& c, ir::model& m) : parts_of_step(s, c, m) {
    derived_.initial_of_event = [](symbolic& x, node const& n) {
      static_cast<net_receive&>(x).begin_connection(n);
    };
  }

 protected:
  /// NET_RECEIVE for what connections send, and, where that occurs, for what they do not.
  constexpr void run_event() {
    for (block const& b : s_.blocks) {
      if (b.kind != keyword::net_receive) continue;
      for (int k = 0; k < b.arguments; ++k) enter_connection(b.first_argument + k);
      receive(b, of_connection_);
      is_own_ = true;
      if (sends_at_start() || !watches_.empty()) receive(b, of_itself_);
      is_own_ = false;
    }
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

 private:
  /// What the blocks of an event have written: the loops over connections stand between the others.
  struct event_parts {
    ir::list<ir::list<int>> blocks, loops;
  };

  constexpr bool sends_at_start() const {
    int const first = slots_.of_event(event_slots::delay);
    return first != ir::none && after(moment::initial)[first] != ir::none;
  }
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

  constexpr void add_connection(ir::list<ir::assignment>& to, ir::list<int> const& slots_there,
                                ir::list<int> const& now) {
    for (int const k : slots_there)
      if (now[k] != ir::none) to.push_back({slots_[k].symbol, to_outside(now[k], slots_[k].unit)});
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

  event_parts of_connection_, of_itself_;
  ir::list<int> looped_;     ///< arguments of FOR_NETCONS: slots
  ir::list<change> begins_;  ///< what connections begin with
  int flag_ = ir::none;      ///< a slot
  int guards_ = 0;
  bool begun_ = false;  ///< INITIAL of NET_RECEIVE has been executed
};

}  // namespace nernst::nmodl::detail
