// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/looked_up.hpp>
#include <nernst/nmodl/calculation.hpp>

namespace nernst::nmodl {

/// What TABLE does.
enum class table_mode : std::uint8_t {
  none,    ///< nothing: functions are computed
  neuron,  ///< values are looked up, with NEURON's places, and its lines between them
};

namespace detail {

/// Calls of what has a TABLE: its variables are looked up. The values of a table are in terms of
/// one variable; all else that they depend on is the same for all elements throughout a run.
class tables : public calculation {
 public:
  constexpr tables(syntax& s, contents& c, ir::model& m) : calculation(s, c, m) {
    derived_.in_table = [](symbolic& x, int slot) {
      return static_cast<tables&>(x).value_in_table(slot);
    };
    derived_.own_call = [](symbolic& x, node const& n, block const& b) {
      return static_cast<tables&>(x).looked_up_call(n, b);
    };
  }
  constexpr void use(table_mode mode) { mode_ = mode; }

 protected:
  constexpr int looked_up_call(node const& n, block const& b) {
    bool const is_of_event = moment_ == moment::event || moment_ == moment::connect;
    int const t = mode_ == table_mode::none || is_of_event ? ir::none : table_of(b);
    if (t == ir::none) return computed_call(n, b);
    look_up(n, b, s_.nodes[t]);
    return b.kind == keyword::function ? read(result_of(b)) : number(0);
  }
  /// What INITIAL leaves in a variable, once that is known.
  constexpr int at_beginning(int slot) const { return derived_.at_beginning(*this, slot); }
  constexpr int value_in_table(int slot) {
    int const known = is_in_table_ ? at_beginning(slot) : ir::none;
    if (known != ir::none && is_held_[slot] == ir::none) is_held_[slot] = table_at_;
    return known;
  }
  /// What stands in a table of the variable `name` depends on something that differs.
  constexpr void not_of_argument(int at, int name, ir::string_view culprit) {
    ir::short_string<35> what("TABLE of "), expected("no ");
    what += text(name);
    expected += culprit;
    fail(at, {ir::mistake::not_supported, what.view(), (expected += " in it").view(), {}},
         "let it depend on its argument and what all elements have in common");
  }
  /// By slot: where the TABLE is that takes the variable for what INITIAL has left in it.
  ir::list<int> is_held_ = ir::list<int>(slots_.own(), ir::none);

 private:
  /// Where a table begins and ends, in so many pieces.
  struct places {
    int low = ir::none, high = ir::none;
    double count = 0;
    constexpr bool operator==(places const&) const = default;
  };
  struct entry {
    int value = ir::none, table = ir::none;
    places over;
  };

  constexpr int table_of(block const& b) const {
    for (int n = b.first_node; n < b.last_node; ++n)
      if (s_.nodes[n].kind == node_kind::table) return n;
    return ir::none;
  }

  constexpr void look_up(node const& n, block const& b, node const t) {
    constexpr double most_pieces = 1e6;
    if (b.arguments != 1 || !(t.value >= 1 && t.value <= most_pieces))
      return not_supported(t.at, "TABLE", "one argument, from one piece to a million");
    int const x = as_number(value(n.a));
    ir::list<int> wanted;
    if (t.a == ir::none) wanted.push_back(result_of(b));
    for (int k = t.a; k != ir::none; k = s_.nodes[k].next) {
      int const first = first_slot(s_.nodes[k]), size = size_of(s_.nodes[k]);
      for (int j = 0; j < size && first != ir::none; ++j) wanted.push_back(first + j);
    }
    places over{.count = t.value};
    ir::list<int> const held = values_in(n, b, t, wanted, over);
    if (failed()) return;
    int const along = g_.divide(g_.subtract(x, over.low), length_of(over));
    for (int k = 0; k < wanted.size() && !failed(); ++k) {
      int const table = table_with(held[k], over, wanted[k], t.at);
      auto const value_at = [&](int place) {
        int const where = g_.multiply(place, g_.literal(1, ir::units::second));
        return g_.make(ir::op::lookup, where, ir::none, ir::none, table);
      };
      write(wanted[k], ir::looked_up(g_, along, g_.literal(over.count), value_at));
    }
  }

  /// What the variables are in terms of the place in a table, and where the table is.
  constexpr ir::list<int> values_in(node const& n, block const& b, node const& t,
                                    ir::list<int> const& wanted, places& over) {
    int const mark = log_.size();
    bool const was_in_table = is_in_table_;
    is_in_table_ = true;
    table_at_ = t.at;
    over.low = as_number(value(t.c));
    over.high = as_number(value(t.d));
    write(slots_.of_local(b.first_argument), place_in(over));
    carry_out(n, b);
    ir::list<int> held;
    for (int const k : wanted) held.push_back(read(k));
    undo(mark);
    is_in_table_ = was_in_table;
    return held;
  }

  static constexpr bool are_numbers(ir::graph const& g, places const& over) {
    return g.is_literal(over.low) && g.is_literal(over.high);
  }
  constexpr int length_of(places const& over) {
    return g_.divide(g_.subtract(over.high, over.low), number(over.count));
  }
  /// The argument of what stands in tables; where their ends are no numbers, it counts the pieces.
  constexpr int place_in(places const& over) {
    int const place = g_.symbol(place_symbol());
    if (are_numbers(g_, over)) return place;
    return g_.add(over.low, g_.multiply(place, length_of(over)));
  }
  constexpr int place_symbol() { return m_.declare({.id = "_place", .kind = ir::role::shared}); }

  constexpr int table_with(int value, places const& over, int slot, int at) {
    for (entry const& e : entries_)
      if (e.value == value && e.over == over) return e.table;
    require_common(value, slot, at);
    require_common(over.low, slot, at);
    require_common(over.high, slot, at);
    ir::identifier id("_table_");
    id += text(slots_[slot].name);
    if (m_.find(id.view()) != ir::none) id.append(entries_.size());
    int const table = m_.add({.id = id, .kind = ir::role::table});
    bool const by_value = are_numbers(g_, over);
    double const low = by_value ? g_[over.low].value : 0;
    double const high = by_value ? g_[over.high].value : over.count;
    m_.tabulations.push_back({.argument = place_symbol(),
                              .from = low,
                              .to = high,
                              .count = static_cast<int>(over.count),
                              .table = table,
                              .value = value});
    entries_.push_back({value, table, over});
    return table;
  }
  /// That nothing differs between elements or steps.
  constexpr void require_common(int value, int slot, int at) {
    ir::list<int> const order = ir::schedule(g_, value);
    for (int const i : order) {
      ir::node const n = g_[i];
      bool const varies =
          n.code == ir::op::symbol && ir::variation_of(m_.at(n.which).kind) != ir::variation::never;
      if (!varies && !ir::is_random(n.code)) continue;
      return not_of_argument(at, slots_[slot].name,
                             varies ? m_.at(n.which).id.view() : ir::string_view("random numbers"));
    }
  }

  table_mode mode_ = table_mode::none;
  bool is_in_table_ = false;
  int table_at_ = ir::none;
  ir::list<entry> entries_;
};

}  // namespace detail
}  // namespace nernst::nmodl
