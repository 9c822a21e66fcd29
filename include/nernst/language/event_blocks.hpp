// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/builder.hpp>
#include <nernst/language/own_events.hpp>

namespace nernst::language::detail {

/// The blocks that events of a mechanism's own carry out: what happens at a spike or at an event
/// of a name is chosen by a number, by which the engine knows them.
class event_blocks {
 public:
  /// What happens at one occasion: what happens to each connection stands between the blocks.
  struct handler {
    int number = 0;
    ir::list<ir::list<ir::assignment>> blocks, loops;
  };
  static constexpr int spike = 0, moving = 1, first_other = 2;

  constexpr event_blocks(ir::model& m, ir::builder& build) : m_(m), g_(m.nodes), build_(build) {}
  constexpr ~event_blocks() = default;

  /// Tells, before anybody handles it, that an event is sent, moved or watched for.
  constexpr void announce(ir::string_view id, bool is_moved) {
    m_.events_needed.any = true;
    int k = place_of(id);
    if (k == names_.size()) names_.push_back({id});
    names_[k].is_moved = names_[k].is_moved || is_moved;
  }
  constexpr void announce_spike() { m_.events_needed.any = m_.events_needed.fires = true; }

  constexpr bool knows(ir::string_view id) const { return place_of(id) < names_.size(); }
  /// By which number the engine knows an event that was announced.
  constexpr int number_of(ir::string_view id) const {
    int const k = place_of(id);
    return names_[k].is_moved ? moving : first_other + k;
  }

  constexpr void handle(int number, handler h) {
    for (named& n : names_) n.is_handled = n.is_handled || number_of(n.id) == number;
    h.number = number;
    handlers_.push_back(static_cast<handler&&>(h));
  }

  /// Begins what happens at an occasion.
  constexpr void begin(bool at_start) {
    sent_ = 0;
    is_at_start_ = at_start;
  }
  /// A statement of the present block that asks something of an event, with the delay or the time,
  /// or whether what is watched for holds already: then it is not waited for before it has not.
  constexpr void request(event_request what, ir::string_view id, int value, int condition) {
    switch (what) {
    case event_request::send:
      return send(number_of(id), value, condition);
    case event_request::move:
      m_.events_needed.moves = true;
      return leave(left("_move"), in_ms(value), condition);
    case event_request::watch: {
      int const k = m_.events_needed.watches - 1, two = g_.literal(2);
      leave(left("_set_watch_", k), g_.select(value, two, g_.literal(1)), condition);
      return leave(left("_watch_flag_", k), g_.literal(number_of(id)), condition);
    }
    case event_request::fire:
      return leave(left("_fire"), g_.literal(1), condition);
    }
  }
  /// A condition at the end of each step that the next request watches for: its state is 1 while it
  /// is waited for, 2 where it holds, 3 where it has just come to hold.
  constexpr void watch(int condition) {
    acts_alone_ = true;
    int const symbol = left("_watch_", m_.events_needed.watches++);
    int const old = g_.symbol(symbol), one = g_.literal(1), zero = g_.literal(0);
    int const found = g_.select(g_.make(ir::op::equal, old, one), g_.literal(3), old);
    int const is_on = g_.make(ir::op::greater, old, zero);
    m_.written.push_back({symbol, g_.select(is_on, g_.select(condition, found, one), zero)});
  }

  /// Enters the blocks, or what is wrong with them.
  constexpr void finish() {
    check();
    if (!m_.events_needed.any) return;
    int loops = 0;
    for (handler const& h : handlers_) loops = loops < h.loops.size() ? h.loops.size() : loops;
    m_.events_needed.loops = loops;
    if (has_spikes()) {
      m_.on_spike = chosen(&handler::blocks, 0, false);
      for (int k = 1; k <= loops; ++k) enter(ir::event_part::of_connection, k, &handler::blocks, k);
    }
    for (int k = 0; acts_alone_ && k <= loops; ++k)
      enter(ir::event_part::of_itself, k, &handler::blocks, k);
    for (int k = 0; k < loops; ++k) enter(ir::event_part::each, k, &handler::loops, k);
  }

 private:
  struct named {
    ir::string_view id;
    bool is_moved = false, is_handled = false;
  };
  using mistake = ir::mistake;
  using parts = ir::list<ir::list<ir::assignment>> handler::*;

  constexpr int place_of(ir::string_view id) const {
    int k = 0;
    while (k < names_.size() && names_[k].id != id) ++k;
    return k;
  }
  constexpr bool has_spikes() const {
    for (handler const& h : handlers_)
      if (h.number == spike) return true;
    return false;
  }
  /// A variable that the engine looks at behind each event.
  constexpr int left(ir::string_view name, int k = ir::none) {
    ir::identifier id(name);
    if (k != ir::none) id.append(k);
    return m_.declare({.id = id, .kind = ir::role::state});
  }
  constexpr void leave(int symbol, int value, int condition) {
    ir::statement_block& statements = build_.statements();
    int const before = statements.read(symbol);
    bool const is_always = g_.is_literal(condition) && g_[condition].value != 0;
    statements.write(symbol, is_always ? value : g_.select(condition, value, before));
  }
  constexpr void send(int number, int delay, int condition) {
    int const k = sent_++;
    leave(left("_send_", k), in_ms(delay), condition);
    leave(left("_send_flag_", k), g_.literal(number), condition);
    m_.events_needed.sends = m_.events_needed.sends < sent_ ? sent_ : m_.events_needed.sends;
    acts_alone_ = acts_alone_ || is_at_start_;
  }
  /// The engine knows times of events in ms.
  constexpr int in_ms(int time) {
    return g_.multiply(time, g_.literal(1 / 1e-3, power(ir::units::second, -1)));
  }

  constexpr void check() {
    for (ir::event const& e : m_.events) {
      if (knows(e.id)) build_.fail(mistake::repeated_clause, e.id);
      if (e.condition == ir::none && m_.placed != ir::placement::nowhere)
        build_.fail(mistake::unknown_event, e.id, "event, send or watch_for of it");
    }
    bool is_any_moved = false;
    for (named const& n : names_) {
      if (!n.is_handled) build_.fail(mistake::unknown_event, n.id, "on_event(...) in the model");
      if (n.is_moved && is_any_moved)
        build_.fail(mistake::not_supported, n.id, "move of events of one name");
      is_any_moved = is_any_moved || n.is_moved;
    }
    forbid(ir::placement::artificial, ir::role::local, "point(...) or density(...)");
    forbid(ir::placement::density, ir::role::connection, "point(...)");
  }
  constexpr void forbid(ir::placement placed, ir::role kind, ir::string_view instead) {
    int const symbol = m_.placed == placed ? m_.find(kind) : ir::none;
    if (symbol != ir::none) build_.fail(mistake::not_supported, m_.at(symbol).id, instead);
  }

  constexpr void enter(ir::event_part part, int number, parts of, int k) {
    bool const is_alone = part == ir::event_part::of_itself;
    m_.event_blocks.push_back({part, number, chosen(of, k, is_alone)});
  }

  /// The k-th parts of all occasions as one block. An event that no connection has sent sees 0 in
  /// the place of their variables.
  constexpr ir::list<ir::assignment> chosen(parts of, int k, bool is_alone) {
    ir::list<ir::assignment> all;
    ir::list<int> value(m_.symbols.size(), ir::none);
    for (handler const& h : handlers_) {
      if ((is_alone && h.number == spike) || k >= (h.*of).size()) continue;
      ir::list<ir::assignment> part = (h.*of)[k];
      if (is_alone) ir::substitute(m_.nodes, part, without_connection());
      for (ir::assignment const& s : part) {
        if (is_alone && m_.at(s.symbol).kind == ir::role::connection) continue;
        if (value[s.symbol] == ir::none) all.push_back({s.symbol});
        value[s.symbol] = at_event(h.number, s, value[s.symbol]);
      }
    }
    for (ir::assignment& s : all) s.value = value[s.symbol];
    return all;
  }
  constexpr int at_event(int number, ir::assignment const& s, int elsewhere) {
    if (handlers_.size() == 1) return s.value;
    int const flag = g_.symbol(left("_flag"));
    int const is_here = g_.make(ir::op::equal, flag, g_.literal(number));
    return g_.select(is_here, s.value, elsewhere == ir::none ? g_.symbol(s.symbol) : elsewhere);
  }
  constexpr ir::list<int> without_connection() {
    ir::list<int> replacement(m_.symbols.size(), ir::none);
    for (int s = 0; s < m_.symbols.size(); ++s)
      if (m_.at(s).kind == ir::role::connection)
        replacement[s] = m_.nodes.literal(0, m_.at(s).unit);
    return replacement;
  }

  ir::model& m_;
  ir::graph& g_;
  ir::builder& build_;
  int sent_ = 0;  ///< how many events the present block has sent
  bool is_at_start_ = false;
  ir::list<named> names_;
  ir::list<handler> handlers_;
  bool acts_alone_ = false;  ///< events come to elements through no connection
};

}  // namespace nernst::language::detail
