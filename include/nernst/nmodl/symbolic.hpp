// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/differentiate.hpp>
#include <nernst/ir/graph.hpp>
#include <nernst/nmodl/finding_as_error.hpp>
#include <nernst/nmodl/slots.hpp>

namespace nernst::nmodl::detail {

/// When a block of a file is executed.
enum class moment : std::uint8_t { initial, update, current, event, late, connect };

/// What the variables of a file hold while its blocks are executed: expressions in terms of what
/// was there before the block. Inside there are numbers, in the units of the file; what is read
/// from outside, or handed out, is converted.
class symbolic {
 public:
  constexpr symbolic(syntax& s, contents& c, ir::model& m)
      : s_(s), c_(c), m_(m), g_(m.nodes), slots_(s, c),
        now_(slots_.size() + slots_.own(), ir::none), sequential_(slots_.own()) {}

 protected:
  /// What classes ask of those that are derived from them. Pointers, as nvcc 13 calls virtual
  /// functions with a wrong object in constant evaluation.
  struct derived {
    int (*in_table)(symbolic&, int) = nullptr;
    int (*own_call)(symbolic&, node const&, block const&) = nullptr;
    void (*execute)(symbolic&, int) = nullptr;
    int (*at_beginning)(symbolic const&, int) = nullptr;
    void (*solve)(symbolic&, node const&) = nullptr;
    void (*initial_of_event)(symbolic&, node const&) = nullptr;
  };
  struct change {
    int slot = ir::none, value = ir::none;
  };
  constexpr bool failed() const { return !m_.mistake.ok(); }
  constexpr void fail(int at, ir::diagnosis const& what, ir::string_view advice = {}) {
    if (failed()) return;
    finding_ = s_.located({grade::refusal, at, what, advice});
    m_.mistake = to_diagnosis(finding_);
  }
  constexpr void not_supported(int at, ir::string_view what, ir::string_view instead) {
    fail(at, {ir::mistake::not_supported, what, {}, {}}, instead);
  }
  constexpr ir::string_view text(int name) const { return s_.names[name]; }

  constexpr int number(double x) { return g_.literal(x); }
  /// A condition as a number, and a number as a condition.
  constexpr int as_number(int i) {
    if (!ir::is_condition(g_[i].code)) return i;
    return g_.select(i, number(1), number(0));
  }
  constexpr int as_condition(int i) {
    if (ir::is_condition(g_[i].code)) return i;
    return g_.make(ir::op::not_equal, i, number(0));
  }

  /// What the number in the file is, of a value in SI units, and the reverse.
  constexpr int from_outside(int value, interface_unit u) {
    if (u.unit.is_one()) return value;
    return g_.multiply(value, g_.literal(1 / u.si, power(u.unit, -1)));
  }
  constexpr int to_outside(int value, interface_unit u) {
    value = as_number(value);
    if (u.unit.is_one()) return value;
    return g_.multiply(value, g_.literal(u.si, u.unit));
  }

  /// The symbol of a variable of the mechanism, which is entered when it is new.
  constexpr int symbol_of(int k) {
    slot& v = slots_[k];
    if (v.symbol == ir::none) v.symbol = v.kind == slot_kind::local ? local(k) : own(k);
    return v.symbol;
  }
  /// The derivative of a state is a variable, too.
  constexpr int prime_of(int state) const { return slots_.size() + state; }
  constexpr int read(int k) {
    if (now_[k] != ir::none) return now_[k];
    if (k >= slots_.size()) {
      slot const& v = slots_[k - slots_.size()];
      fail(v.at,
           {ir::mistake::unknown_variable, slots_.spelled(v).view(), "x' in all branches", {}});
      return number(0);
    }
    slot const& v = slots_[k];
    switch (v.kind) {
    case slot_kind::constant:
      return number(v.value);
    case slot_kind::inner:
      return continues_ ? carried(k) : number(0);
    case slot_kind::outbox:
      if (continues_ || event_slots::stays(k - slots_.of_event(0)))
        return g_.symbol(outbox_symbol(k));
      return number(v.value);
    case slot_kind::connection:
      if (loops_ && has(arguments_, k)) return carried(k);
      if (is_own_) return number(0);
      break;
    case slot_kind::time:
      return from_outside(time(), v.unit);
    case slot_kind::time_step:
      return from_outside(m_.time_step(), v.unit);
    case slot_kind::celsius:
      return celsius();
    case slot_kind::pointer:
      return pointed(k);
    case slot_kind::random:
      not_supported(v.at, "RANDOM", "see docs/mod_files.md");
      return number(0);
    case slot_kind::state:
      if (moment_ == moment::initial) return first_value(k);
      if (sequential_[k] != 0 && now_[prime_of(k)] != ir::none) return stepped(k);
      break;
    case slot_kind::memory:
      if (int const known = in_table(k); known != ir::none) return known;
      slots_[k].is_stored = true;
      break;
    default:
      break;
    }
    return from_outside(g_.symbol(symbol_of(k)), slots_[k].unit);
  }
  /// What a variable is for the values of a table, `none` elsewhere.
  constexpr int in_table(int k) { return derived_.in_table(*this, k); }
  /// A variable that one block of an event leaves for the next, as a state of the element.
  constexpr int carried(int k) {
    for (change const& c : carried_)
      if (c.slot == k) return g_.symbol(c.value);
    ir::identifier id = ir::identifier("_carried_").append(carried_.size());
    carried_.push_back({k, m_.add({.id = id, .kind = ir::role::state})});
    return g_.symbol(carried_.back().value);
  }
  constexpr int outbox_symbol(int k) {
    slot& v = slots_[k];
    if (v.symbol == ir::none)
      v.symbol = m_.add({.id = event_slots::name(k - slots_.of_event(0)),
                         .kind = ir::role::state,
                         .initial = v.value});
    return v.symbol;
  }
  static constexpr bool has(ir::list<int> const& all, int k) {
    for (int const x : all)
      if (x == k) return true;
    return false;
  }

  constexpr void write(int k, int value) {
    log_.push_back({k, now_[k]});
    now_[k] = as_number(value);
  }

  /// What a state begins with: x0, where that is a parameter, or what START says. A concentration
  /// begins with that of the compartment.
  constexpr int first_value(int k) {
    slot const& v = slots_[k];
    if (slots_.use(v.name).write != ir::none) return from_outside(concentration(k), v.unit);
    int const given = first_value_slot(v.name);
    return given != ir::none ? read(given) : number(v.value);
  }
  constexpr int concentration(int k) {
    slot const& v = slots_[k];
    return g_.symbol(ion_symbol(v.name));
  }

  /// What has been written since `mark`, each once with its latest value, but for derivatives that
  /// a solution has used up; what was there before is there again.
  constexpr ir::list<change> undo(int mark) {
    ir::list<change> all;
    for (int k = log_.size() - 1; k >= mark; --k) {
      change const before = log_[k];
      bool is_known = false;
      for (change const& c : all) is_known = is_known || c.slot == before.slot;
      int const now = now_[before.slot];
      if (!is_known && now != ir::none) all.push_back({before.slot, now});
    }
    while (log_.size() > mark) {
      now_[log_.back().slot] = log_.back().value;
      log_.pop_back();
    }
    return all;
  }
  /// Writes what one of two branches has written.
  constexpr void merge(int condition, ir::list<change> const& yes, ir::list<change> const& no) {
    for (change const& y : yes) {
      int other = ir::none;
      for (change const& n : no)
        if (n.slot == y.slot) other = n.value;
      write(y.slot, g_.select(condition, y.value, other != ir::none ? other : read(y.slot)));
    }
    for (change const& n : no) {
      bool is_written = false;
      for (change const& y : yes) is_written = is_written || y.slot == n.slot;
      if (!is_written) write(n.slot, g_.select(condition, read(n.slot), n.value));
    }
  }

  /// The symbol of what a variable is at the beginning of the step.
  constexpr int held_symbol(int k) {
    slot const v = slots_[k];
    int const symbol = symbol_of(k);
    ir::identifier id("_");
    id += slots_.spelled(v).view();
    int held = m_.find(id);
    if (held == ir::none) {
      held = m_.add({.id = id, .kind = ir::role::subexpression, .unit = v.unit.unit});
      m_.subexpressions.push_back({held, g_.symbol(symbol), true});
    }
    return held;
  }

  /// The variable of a compartment that NEURON calls so.
  constexpr int ion_symbol(int name) {
    name_use const& u = slots_.use(name);
    ion_variable const& v = s_.ion_variables[u.read != ir::none ? u.read : u.write];
    ir::string_view const id = text(name), ion = text(s_.ions[v.ion].name);
    ir::identifier local(ion);
    ir::dimension unit = ir::units::molar;
    if (id.substr(1) != ion) {
      local += id.back() == 'i' ? ".inside" : ".outside";
    } else if (id[0] == 'e') {
      local += ".reversal";
      unit = ir::units::volt;
    } else {
      local += ".current";
      unit = ir::units::ampere / power(ir::units::metre, 2);
    }
    return m_.declare({.id = local, .kind = ir::role::local, .unit = unit});
  }

  /// Begins a block that others execute at another time.
  constexpr void begin(moment when) {
    moment_ = when;
    for (int& k : now_) k = ir::none;
    log_.clear();
  }

  constexpr int time() {
    int const t = m_.time();
    bool const is_at_end = moment_ == moment::late || (moment_ == moment::update && !is_implicit_);
    if (!is_at_end) return t;
    return g_.add(t, m_.time_step());
  }

  syntax& s_;
  contents& c_;
  ir::model& m_;
  ir::graph& g_;
  slots slots_;
  ir::list<int> now_;
  ir::list<change> log_;
  moment moment_ = moment::initial;
  bool is_implicit_ = false;  ///< the method knows that the step ends later
  bool continues_ = false;    ///< another block of the same event has been executed before
  bool loops_ = false;        ///< FOR_NETCONS is executed
  bool is_own_ = false;       ///< of an event that no connection has sent
  ir::list<int> arguments_;   ///< of NET_RECEIVE: slots
  ir::list<change> carried_;  ///< slots, and the symbols that carry them
  finding finding_;
  derived derived_;
  /// By slot: whether those behind see the new value of the state at once, as with cnexp.
  ir::list<char> sequential_;

 private:
  /// A state at the end of a step of cnexp.
  constexpr int stepped(int k) {
    slot const v = slots_[k];
    int const symbol = symbol_of(k), rate = now_[prime_of(k)];
    int const x = from_outside(g_.symbol(symbol), v.unit);
    int const dt = from_outside(m_.time_step(), {ir::units::second, 1e-3});
    int const slope = slope_of(rate, x);
    int const grown = g_.make(ir::op::exprel, g_.multiply(slope, dt));
    int const moved = g_.add(x, g_.multiply(g_.multiply(dt, rate), grown));
    write(k, moved);
    return moved;
  }
  /// What a POINTER points to, as it is at the beginning of the step. One that the file writes
  /// points into its own cell, where nobody else acts at the same time.
  constexpr int pointed(int k) {
    slot const v = slots_[k];
    int const symbol = symbol_of(k);
    bool const is_held = moment_ != moment::initial && !slots_.use(v.name).is_written;
    return from_outside(g_.symbol(is_held ? held_symbol(k) : symbol), v.unit);
  }
  /// The derivative by a node. What it consists of may have a unit, which differentiation drops.
  constexpr int slope_of(int root, int by) {
    int const variable = m_.symbols.size();
    auto const exchange = [this](int in, int from, int to) {
      int const roots[] = {in};
      return ir::rebuild(g_, roots, [&](int i, ir::node const& n) {
        if (i == from) return to;
        ir::node const& old = g_[i];
        bool const is_same = old.a == n.a && old.b == n.b && old.c == n.c;
        return is_same ? i : g_.make(n);
      })[0];
    };
    int const itself = g_.symbol(variable);
    int const slope = ir::differentiate(g_, exchange(root, by, itself), variable, m_.functions);
    return exchange(slope, itself, by);
  }
  constexpr int celsius() {
    int const t = m_.declare({.id = "temperature",
                              .kind = ir::role::shared,
                              .unit = ir::units::kelvin,
                              .initial = 279.45});
    int const kelvin = g_.divide(g_.symbol(t), g_.literal(1, ir::units::kelvin));
    return g_.subtract(kelvin, number(273.15));
  }
  /// x0, if the file has it.
  constexpr int first_value_slot(int name) {
    ir::string_view const id = text(name);
    for (int k = 0; k < slots_.own(); ++k) {
      ir::string_view const other = text(slots_[k].name);
      bool const fits = other.size() == id.size() + 1 && other.back() == '0';
      bool const is_value =
          slots_[k].kind == slot_kind::parameter || slots_[k].kind == slot_kind::shared;
      if (fits && is_value && other.starts_with(id)) return k;
    }
    return ir::none;
  }

  constexpr int local(int k) {
    slot const& v = slots_[k];
    if (c_.kind == mechanism_kind::artificial)
      not_supported(v.at, text(v.name), "POINT_PROCESS: an ARTIFICIAL_CELL has no compartment");
    if (slots_.use(v.name).is_special) {
      ir::string_view const id =
          text(v.name) == "diam" ? ir::string_view("diameter") : text(v.name);
      return m_.declare({.id = id, .kind = ir::role::local, .unit = v.unit.unit});
    }
    return ion_symbol(v.name);
  }
  constexpr int own(int k) {
    slot const& v = slots_[k];
    auto const id = slots_.spelled(v);
    constexpr int longest = 31;
    if (id.size > longest)
      fail(v.at, {ir::mistake::name_too_long, text(v.name), "at most 31 characters", {}});
    ir::role kind = ir::role::state;
    if (v.kind == slot_kind::parameter) kind = ir::role::parameter;
    if (v.kind == slot_kind::shared) kind = ir::role::shared;
    if (v.kind == slot_kind::pointer) kind = ir::role::linked;
    if (v.kind == slot_kind::connection) kind = ir::role::connection;
    return m_.add({.id = id.view(),
                   .kind = kind,
                   .unit = v.unit.unit,
                   .initial = v.value * (v.unit.unit.is_one() ? 1 : v.unit.si)});
  }
};

}  // namespace nernst::nmodl::detail
