// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/function_table.hpp>
#include <nernst/nmodl/symbolic.hpp>

namespace nernst::nmodl::detail {

/// The values of expressions. What the functions of the file do is put in their place.
class calculation : public symbolic {
 public:
  using symbolic::symbolic;

 protected:
  /// Executes the statements of a block: those above this class know how.
  constexpr int value(int n) {
    if (is_too_deep(n)) return number(0);
    ++level_;
    int const found = value_of(s_.nodes[n]);
    --level_;
    return found;
  }
  /// Whether so much stands within each other that it is refused.
  constexpr bool is_too_deep(int n) {
    constexpr int deepest = 2000;
    if (level_ >= deepest)
      not_supported(s_.nodes[n].at, "so long an expression", "parts of it, with LOCAL");
    return failed();
  }
  int level_ = 0;

  constexpr int value_of(node const e) {
    switch (e.kind) {
    case node_kind::number:
      return number(e.value);
    case node_kind::name:
    case node_kind::element:
      return read_variable(e);
    case node_kind::prefix:
      return prefix(e);
    case node_kind::infix:
      return infix(e);
    case node_kind::call:
      return call(e);
    case node_kind::prime: {
      int const k = slot_of(e);
      return k == ir::none ? number(0) : read(prime_of(k));
    }
    default:
      return number(0);
    }
  }

  /// The value of an index or bound: its variables lose their fractions, each for itself, as in C.
  constexpr int whole_value(int n) {
    if (is_too_deep(n)) return number(0);
    ++level_;
    int const found = whole_value_of(s_.nodes[n], n);
    --level_;
    return found;
  }
  constexpr int whole_value_of(node const e, int n) {
    bool const is_divided = e.code == ir::op::divide;
    bool const is_sum = e.code == ir::op::add || e.code == ir::op::subtract;
    if (e.kind == node_kind::prefix && e.code != ir::op::logical_not)
      return g_.negate(whole_value(e.a));
    if (e.kind != node_kind::infix || !(is_sum || is_divided || e.code == ir::op::multiply))
      return truncated(as_number(value(n)));
    int const a = whole_value(e.a), b = whole_value(e.b);
    int const found = g_.make(e.code, a, b);
    return is_divided ? truncated(found) : found;
  }
  constexpr int truncated(int i) {
    constexpr double largest = 4e15;
    double const x = g_[i].value;
    if (g_.is_literal(i) && x > -largest && x < largest)
      return number(static_cast<double>(static_cast<long long>(x)));
    return g_.make(ir::op::trunc, i);
  }

  /// The value of a constant expression; else, and where it is no whole number, an error.
  constexpr bool whole(int n, double& to) {
    int const i = whole_value(n);
    to = g_[i].value;
    bool const fits = g_.is_literal(i) && ir::is_whole(to);
    if (!fits)
      not_supported(s_.nodes[n].at, "an index or bound that varies", "a constant, DEFINE N 4");
    return fits && !failed();
  }

  /// Where a variable is. Of an array, the index is known.
  constexpr int slot_of(node const& n) {
    int const first = first_slot(n);
    if (first == ir::none) {
      fail(n.at, {ir::mistake::unknown_variable, text(n.name), {}, {}});
      return ir::none;
    }
    if (n.a == ir::none || n.kind == node_kind::mention) return first;
    double index = 0;
    if (!whole(n.a, index)) return ir::none;
    int const k = static_cast<int>(index);
    int const last = size_of(n) - 1;
    if (is_guarded_ && (k < 0 || k > last)) return k < 0 ? first : first + last;
    if (k < 0 || k > last) {
      ir::short_string<35> found;
      found.append(k);
      fail(n.at,
           {ir::mistake::wrong_index, text(n.name), "an index within the array", found.view()});
      return ir::none;
    }
    return first + k;
  }
  static constexpr int most_elements = 100;
  /// Whether a varying index goes over so many elements; else that is an error.
  constexpr bool may_vary(int size, int at) {
    if (size > most_elements)
      not_supported(at, "an index that varies", "an array of at most 100 elements");
    return !failed();
  }
  constexpr int first_slot(node const& n) const {
    return n.b != ir::none ? slots_.of_local(n.b) : slots_.of_name(n.name);
  }
  constexpr int size_of(node const& n) const {
    int const size = n.b != ir::none ? s_.locals[n.b].size : slots_.use(n.name).size;
    return size > 0 ? size : 1;
  }

  /// Calls a FUNCTION or PROCEDURE; gives the value of a FUNCTION.
  constexpr int call(node const& n) {
    int const known = block_of(n.name);
    return known != ir::none ? own_call(n, s_.blocks[known]) : library_call(n);
  }
  constexpr int own_call(node const& n, block const& b) { return derived_.own_call(*this, n, b); }
  /// Without a look at tables.
  constexpr int computed_call(node const& n, block const& b) {
    if (b.kind == keyword::function_table) return given_value(n, b);
    ir::list<int> given;
    for (int a = n.a; a != ir::none; a = s_.nodes[a].next) given.push_back(value(a));
    for (int k = 0; k < given.size(); ++k) write(slots_.of_local(b.first_argument + k), given[k]);
    return carry_out(n, b);
  }
  /// Of a function whose values the user gives.
  constexpr int given_value(node const& n, block const& b) {
    constexpr std::size_t longest = 31;
    bool const is_grid = b.arguments > 1;
    if (b.arguments < 1 || text(b.name).size() > (is_grid ? ir::longest_with_axes : longest)) {
      not_supported(b.at, "FUNCTION_TABLE", "one with arguments, and a shorter name");
      return number(0);
    }
    if (moment_ == moment::event || moment_ == moment::connect) {
      not_supported(n.at, "FUNCTION_TABLE in NET_RECEIVE", "it in another block");
      return number(0);
    }
    interface_unit const u = slots_.unit_of(b.unit);
    int const table = m_.declare({.id = text(b.name), .kind = ir::role::table, .unit = u.unit});
    if (!is_grid) return from_outside(found_in(table, place_of_argument(n, b, 0)), u);
    ir::list<int> axes;
    for (int k = 0; k < b.arguments; ++k)
      axes.push_back(m_.declare({.id = ir::axis_of(text(b.name), k),
                                 .kind = ir::role::table,
                                 .unit = unit_of_argument(b, k).unit}));
    auto const on_axis = [&](int k, int place) {
      return from_outside(found_in(axes[k], place), {unit_of_argument(b, k).unit, 1});
    };
    int const value = ir::value_in_grid(
        g_, table, b.arguments, [&](int k) { return on_axis(k, place_of_argument(n, b, k)); },
        [&](int k) { return on_axis(k, number(beyond_all_places)); });
    return from_outside(value, u);
  }
  static constexpr double beyond_all_places = 1e300;
  constexpr interface_unit unit_of_argument(block const& b, int k) {
    return slots_.unit_of(s_.locals[b.first_argument + k].unit);
  }
  constexpr int place_of_argument(node const& n, block const& b, int k) {
    interface_unit const u = unit_of_argument(b, k);
    return g_.multiply(argument(n, k), number(u.unit.is_one() ? 1 : u.si));
  }
  /// What finds a value takes its place for a time.
  constexpr int found_in(int table, int place) {
    int const at = g_.multiply(place, g_.literal(1, ir::units::second));
    return g_.make(ir::op::lookup, at, ir::none, ir::none, table);
  }
  /// Executes a FUNCTION or PROCEDURE whose arguments have their values.
  constexpr int carry_out(node const& n, block const& b) {
    if (depth_ == deepest_call || g_.size() > most_nodes) {
      not_supported(n.at, text(n.name), "no recursion, fewer calls");
      return number(0);
    }
    bool const has_value = b.kind == keyword::function;
    int const result = has_value ? result_of(b) : ir::none;
    if (has_value) write(result, number(0));
    ++depth_;
    execute(b.body);
    --depth_;
    return has_value ? read(result) : number(0);
  }
  constexpr int result_of(block const& b) const { return slots_.of_local(b.first_argument - 1); }

  constexpr void execute(int body) { derived_.execute(*this, body); }

  bool is_guarded_ = false;  ///< what is executed may never be reached
  int sent_ = 0;             ///< how many net_send the block has had

  static constexpr int most_nodes = 200000;

  /// The equation of this state is read: there, but not in functions, it has a symbol of its own.
  constexpr void begin_equation(int state) {
    solved_for_ = state;
    solved_at_ = depth_;
  }
  constexpr void end_equation() { solved_for_ = ir::none; }
  static constexpr int unknown_state = 1 << 23;

 private:
  static constexpr int deepest_call = 24;

  constexpr int read_variable(node const& n) {
    int const first = first_slot(n);
    if (n.kind == node_kind::element && first != ir::none) {
      int const index = whole_value(n.a);
      if (!g_.is_literal(index)) return chosen(first, size_of(n), index, n.at);
    }
    int const k = slot_of(n);
    if (k != ir::none && k == solved_for_ && depth_ == solved_at_) return g_.symbol(unknown_state);
    return k == ir::none ? number(0) : read(k);
  }
  /// An element of an array whose index is not known yet; beyond its ends, that at the end.
  constexpr int chosen(int first, int size, int index, int at) {
    if (!may_vary(size, at)) return number(0);
    return chosen_within(first, 0, size, index);
  }
  constexpr int chosen_within(int first, int from, int to, int index) {
    if (to == from + 1) return read(first + from);
    int const middle = from + (to - from) / 2;
    int const low = chosen_within(first, from, middle, index);
    int const high = chosen_within(first, middle, to, index);
    return g_.select(g_.make(ir::op::less, index, number(middle)), low, high);
  }

  constexpr int prefix(node const& e) {
    int const x = value(e.a);
    if (e.code == ir::op::logical_not) return g_.make(e.code, as_condition(x));
    return g_.negate(as_number(x));
  }
  constexpr int infix(node const& e) {
    int const a = value(e.a), b = value(e.b);
    if (e.code == ir::op::logical_and || e.code == ir::op::logical_or)
      return g_.make(e.code, as_condition(a), as_condition(b));
    return g_.make(e.code, as_number(a), as_number(b));
  }

  constexpr int block_of(int name) {
    if (block_of_.empty()) {
      block_of_ = ir::list<int>(s_.names.size(), ir::none);
      for (int k = 0; k < s_.blocks.size(); ++k)
        if (s_.blocks[k].name != ir::none) block_of_[s_.blocks[k].name] = k;
    }
    return name < block_of_.size() ? block_of_[name] : ir::none;
  }

  constexpr int argument(node const& n, int which) {
    int a = n.a;
    for (; which > 0 && a != ir::none; --which) a = s_.nodes[a].next;
    return a == ir::none ? ir::none : as_number(value(a));
  }
  static constexpr int count(syntax const& s, node const& n) {
    int all = 0;
    for (int a = n.a; a != ir::none; a = s.nodes[a].next) ++all;
    return all;
  }

  constexpr int library_call(node const& n) {
    ir::string_view const id = text(n.name);
    struct simple {
      ir::string_view name;
      ir::op code;
    };
    constexpr simple functions[] = {
        {"exp", ir::op::exp},     {"log", ir::op::log},     {"fabs", ir::op::abs},
        {"sqrt", ir::op::sqrt},   {"log10", ir::op::log10}, {"abs", ir::op::abs},
        {"sin", ir::op::sin},     {"cos", ir::op::cos},     {"tan", ir::op::tan},
        {"asin", ir::op::asin},   {"acos", ir::op::acos},   {"atan", ir::op::atan},
        {"sinh", ir::op::sinh},   {"cosh", ir::op::cosh},   {"tanh", ir::op::tanh},
        {"floor", ir::op::floor}, {"ceil", ir::op::ceil},   {"INT", ir::op::trunc},
        {"erf", ir::op::erf}};
    for (simple const& f : functions)
      if (f.name == id) return g_.make(f.code, argument(n, 0));
    if (id == "pow") return g_.make(ir::op::power, argument(n, 0), argument(n, 1));
    if (id == "atan2") return g_.make(ir::op::atan2, argument(n, 0), argument(n, 1));
    if (id == "fmod") {
      int const a = argument(n, 0), b = argument(n, 1);
      return g_.subtract(a, g_.multiply(b, g_.make(ir::op::trunc, g_.divide(a, b))));
    }
    if (id == "nrn_ghk") return ghk(n, argument(n, 3));
    if (id == "ghk") return ghk(n, number(2));
    if (id == "nernst") return nernst_potential(n);
    return other_call(n, id);
  }

  // CODATA 2018, or those of NEURON's equations before.
  constexpr bool has_old_values() const { return c_.units.values() == constants::legacy; }
  constexpr double faraday() const { return has_old_values() ? 96485.309 : 96485.33212331001; }
  constexpr double gas_constant() const { return has_old_values() ? 8.3134 : 8.31446261815324; }

  /// R T/F in mV.
  constexpr int thermal_voltage() {
    int const celsius = read(slots_.of_name(s_.names.intern("celsius")));
    int const kelvin = g_.add(celsius, number(273.15));
    return g_.multiply(number(1e3 * gas_constant() / faraday()), kelvin);
  }
  constexpr int ghk(node const& n, int z) {
    int const v = argument(n, 0), inside = argument(n, 1), outside = argument(n, 2);
    int const w = g_.divide(g_.multiply(z, v), thermal_voltage());
    int const in = g_.divide(inside, g_.make(ir::op::exprel, g_.negate(w)));
    int const out = g_.divide(outside, g_.make(ir::op::exprel, w));
    return g_.multiply(g_.multiply(number(1e-3 * faraday()), z), g_.subtract(in, out));
  }
  constexpr int nernst_potential(node const& n) {
    int const inside = argument(n, 0), outside = argument(n, 1), z = argument(n, 2);
    int const ratio = g_.make(ir::op::log, g_.divide(outside, inside));
    return g_.multiply(g_.divide(thermal_voltage(), z), ratio);
  }

  constexpr int other_call(node const& n, ir::string_view id) {
    if (id == "at_time") return at_time(argument(n, 0));
    if (id == "printf" || id == "prterr" || id == "set_seed" || id == "setseed") return number(0);
    if (id == "state_discontinuity") {
      int const to = slot_of(s_.nodes[n.a]);
      if (to != ir::none && slots_[to].kind == slot_kind::pointer)
        not_supported(n.at, "state_discontinuity of a POINTER", "write an assignment");
      else if (to != ir::none)
        write(to, argument(n, 1));
      return number(0);
    }
    if (id == "nrn_pointing") return number(1);
    if (int const drawn = random(n, id); drawn != ir::none) return drawn;
    if (id == "net_send" || id == "net_event" || id == "net_move")
      leave_event(n, id);
    else
      not_supported(n.at, id, "see docs/mod_files.md");
    return number(0);
  }
  /// What NET_RECEIVE and INITIAL leave for the engine.
  constexpr void leave_event(node const& n, ir::string_view id) {
    bool const fits = moment_ == moment::event || moment_ == moment::initial;
    if (!fits || loops_ || slots_.of_event(0) == ir::none)
      return not_supported(n.at, id, "it in NET_RECEIVE or INITIAL");
    m_.events_needed.any = true;
    int const first = argument(n, 0);
    if (id == "net_send") return leave_sent(n, first, argument(n, 1));
    if (id == "net_move") {
      m_.events_needed.moves = true;
      return write(slots_.of_event(event_slots::move), first);
    }
    m_.events_needed.fires = true;
    if (first != read(slots_.of_name(s_.names.intern("t"))))
      return not_supported(n.at, "a later net_event",
                           "net_send, and net_event(t) where that arrives");
    write(slots_.of_event(event_slots::fire), number(1));
  }
  constexpr void leave_sent(node const& n, int delay, int flag) {
    if (sent_ == event_slots::most_sends)
      return not_supported(n.at, "more than 16 net_send", "fewer of them");
    write(slots_.of_event(event_slots::delay + sent_), delay);
    write(slots_.of_event(event_slots::flag + sent_), flag);
    ++sent_;
    m_.events_needed.sends = m_.events_needed.sends < sent_ ? sent_ : m_.events_needed.sends;
  }
  /// Whether a time is in the present step, as NEURON's fixed step tells it.
  constexpr int at_time(int given) {
    int const t = from_outside(time(), {ir::units::second, 1e-3});
    int const dt = from_outside(m_.time_step(), {ir::units::second, 1e-3});
    int const when = g_.subtract(given, number(1e-11));
    return g_.make(ir::op::logical_and, g_.make(ir::op::less_equal, when, t),
                   g_.make(ir::op::greater, when, g_.subtract(t, dt)));
  }
  /// Random numbers; of a stream, which is the first argument, the numbers are those of the model.
  constexpr int random(node const& n, ir::string_view id) {
    bool const of_stream = id.starts_with("random_");
    int const first = of_stream ? 1 : 0, given = count(s_, n) - first;
    auto const uniform = [this] { return m_.draw(ir::op::uniform); };
    auto const or_else = [&](int k, double usual) {
      return given > k ? argument(n, first + k) : number(usual);
    };
    if (id == "scop_random") return uniform();
    if (id == "random_uniform") {
      int const low = or_else(0, 0), high = or_else(1, 1);
      return g_.add(low, g_.multiply(g_.subtract(high, low), uniform()));
    }
    if (id == "exprand" || id == "random_negexp")
      return g_.negate(
          g_.multiply(or_else(0, 1), g_.make(ir::op::log, g_.subtract(number(1), uniform()))));
    if (id == "normrand" || id == "random_normal")
      return g_.add(or_else(0, 0), g_.multiply(or_else(1, 1), m_.draw(ir::op::normal)));
    if (id == "poisrand")
      return g_.make(ir::op::poisson, or_else(0, 1), ir::none, ir::none, m_.draws++);
    if (id == "random_setseq" || id == "random_setids") return number(0);
    return ir::none;
  }

  int depth_ = 0;
  int solved_for_ = ir::none, solved_at_ = 0;  ///< a slot, and in how many calls it is solved for
  ir::list<int> block_of_;
};

}  // namespace nernst::nmodl::detail
