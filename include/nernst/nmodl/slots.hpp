// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/model.hpp>
#include <nernst/nmodl/contents.hpp>
#include <nernst/nmodl/interface_unit.hpp>
#include <nernst/nmodl/library_function.hpp>

namespace nernst::nmodl::detail {

/// What a variable of a file is for a mechanism.
enum class slot_kind : std::uint8_t {
  constant,   ///< a number
  parameter,  ///< a value per element, which nobody in the file changes
  shared,     ///< a value for all of them
  state,
  memory,      ///< computed by the file, and kept where a block reads it before it is computed
  local,       ///< of the compartment
  connection,  ///< of NET_RECEIVE
  inner,       ///< LOCAL, arguments, counters
  outbox,      ///< what an event leaves for the engine: whether it sends others, and so on
  time,
  time_step,
  celsius,
  pointer,
  random,  ///< a stream
};

/// A variable, or an element of an array.
struct slot {
  slot_kind kind = slot_kind::inner;
  int name = ir::none, at = 0;
  int element = ir::none;  ///< of an array
  double value = 0;        ///< of a constant; of others at first, in the unit of the file
  interface_unit unit = {};
  int symbol = ir::none;
  bool is_range = false, is_written = false;
  bool is_stored = false;  ///< of memory
};

/// A name of NEURON beside what is declared.
struct name_use {
  bool is_range = false, is_global = false, is_current = false, is_electrode = false;
  bool is_pointer = false, is_random = false, is_written = false, is_special = false;
  int read = ir::none, write = ir::none;  ///< ion variables
  int first = ir::none, size = 0;         ///< slots
};

/// Variables that the engine looks at behind a block of an event, and those that say under which
/// conditions parts of it are carried out. Times are in ms, as in the file.
struct event_slots {
  static constexpr int most_sends = 16, most_watches = 8, most_guards = 8;
  static constexpr int delay = 0, flag = delay + most_sends, watch = flag + most_sends,
                       watch_flag = watch + most_watches, move = watch_flag + most_watches,
                       fire = move + 1, guard = fire + 1, count = guard + most_guards;

  static constexpr bool is_guard(int k) { return k >= guard; }
  /// Whether it is what an event before has left, where nothing else is said.
  static constexpr bool stays(int k) { return k >= watch_flag && k < move; }
  /// What stands where nothing was left.
  static constexpr double empty(int k) {
    bool const is_flag = (k >= flag && k < watch) || (k >= watch_flag && k < move);
    return is_flag || k >= fire ? 0 : -1e30;
  }
  /// By which name the engine knows them.
  static constexpr ir::identifier name(int k) {
    if (k == move) return "_move";
    if (k == fire) return "_fire";
    if (k >= watch_flag) return ir::identifier("_watch_flag_").append(k - watch_flag);
    if (k >= watch) return ir::identifier("_set_watch_").append(k - watch);
    if (k >= flag) return ir::identifier("_send_flag_").append(k - flag);
    return ir::identifier("_send_").append(k - delay);
  }
};

/// Lays out the variables of a file.
class slots {
 public:
  constexpr slots(syntax& s, contents const& c)
      : s_(s), c_(c), table_(c.units.with_usual_units()), uses_(s.names.size()) {
    note_lists();
    note_ions();
    for (node const& n : s.nodes) note_write(n);
    enter_specials();
    for (declaration const& d : s.declarations) enter(d);
    enter_rest();
    states_ = all_.size();
    for (local_variable const& v : s.locals) {
      local_slot_.push_back(all_.size());
      for (int k = 0; k < (v.size > 0 ? v.size : 1); ++k)
        all_.push_back({.kind = slot_kind::inner, .name = v.name, .at = v.at});
    }
    for (block const& b : s.blocks)
      if (b.kind == keyword::net_receive || c.kind == mechanism_kind::artificial)
        has_events_ = true;
    first_outbox_ = all_.size();
    for (int k = 0; has_events_ && k < event_slots::count; ++k)
      all_.push_back({.kind = event_slots::is_guard(k) ? slot_kind::inner : slot_kind::outbox,
                      .value = event_slots::empty(k)});
  }

  constexpr int size() const { return all_.size(); }
  /// Those of the mechanism come before those of its blocks.
  constexpr int own() const { return states_; }
  constexpr slot& operator[](int k) { return all_[k]; }
  constexpr slot const& operator[](int k) const { return all_[k]; }
  /// Where a variable begins; `none` for what is none.
  constexpr int of_name(int name) const {
    return name < uses_.size() ? uses_[name].first : ir::none;
  }
  /// That of the engine with this number among `event_slots`; `none` for files without events.
  constexpr int of_event(int number) const {
    return has_events_ ? first_outbox_ + number : ir::none;
  }
  constexpr int of_local(int local) const { return local_slot_[local]; }
  constexpr name_use const& use(int name) const { return uses_[name]; }
  constexpr bool is_point() const { return c_.kind != mechanism_kind::density; }

  /// How the file spells it, "ca[2]".
  constexpr ir::short_string<63> spelled(slot const& v) const {
    ir::short_string<63> id(s_.names[v.name]);
    if (v.element != ir::none) ((id += "[").append(v.element)) += "]";
    return id;
  }
  constexpr interface_unit unit_of(int unit) {
    if (unit == ir::none) return {};
    ir::string_view const text = s_.unit_text(unit);
    for (known_unit const& k : units_)
      if (k.text == text) return k.value;
    units_.push_back({text, interface_unit_of(table_, text)});
    return units_.back().value;
  }
  constexpr interface_unit current_unit() const {
    ir::dimension const ampere = ir::units::ampere;
    if (is_point()) return {ampere, 1e-9};
    return {ampere / power(ir::units::metre, 2), 10};
  }

 private:
  struct known_unit {
    ir::string_view text = {};
    interface_unit value = {};
  };

  constexpr void note_lists() {
    for (listed_name const& n : s_.listed) {
      name_use& u = uses_[n.name];
      u.is_range = u.is_range || n.list == keyword::range;
      u.is_global = u.is_global || n.list == keyword::global;
      u.is_electrode = u.is_electrode || n.list == keyword::electrode_current;
      u.is_current = u.is_current || n.list == keyword::nonspecific_current;
      u.is_pointer = u.is_pointer || n.list == keyword::pointer;
      u.is_random = u.is_random || n.list == keyword::random;
    }
  }
  constexpr void note_ions() {
    for (int k = 0; k < s_.ion_variables.size(); ++k) {
      ion_variable const& v = s_.ion_variables[k];
      (v.is_written ? uses_[v.name].write : uses_[v.name].read) = k;
    }
  }
  constexpr void note_write(node const& n) {
    if (n.kind == node_kind::assign && s_.nodes[n.a].b == ir::none)
      uses_[s_.nodes[n.a].name].is_written = true;
    bool const jumps =
        n.kind == node_kind::call && n.a != ir::none && s_.names[n.name] == "state_discontinuity";
    if (jumps && s_.nodes[n.a].b == ir::none) uses_[s_.nodes[n.a].name].is_written = true;
  }

  constexpr void special(ir::string_view id, slot const& v) {
    int const name = s_.names.intern(id);
    while (uses_.size() < s_.names.size()) uses_.push_back({});
    name_use& u = uses_[name];
    u.is_special = true;
    u.first = all_.size();
    u.size = 0;
    all_.push_back(v);
    all_.back().name = name;
  }
  constexpr void enter_specials() {
    using namespace ir::units;
    special("v", {.kind = slot_kind::local, .unit = {volt, 1e-3}});
    special("t", {.kind = slot_kind::time, .unit = {second, 1e-3}});
    special("dt", {.kind = slot_kind::time_step, .unit = {second, 1e-3}});
    special("celsius", {.kind = slot_kind::celsius});
    special("area", {.kind = slot_kind::local, .unit = {power(metre, 2), 1e-12}});
    special("diam", {.kind = slot_kind::local, .unit = {metre, 1e-6}});
    special("f_flux", {});
    special("b_flux", {});
  }

  constexpr void enter(declaration const& d) {
    name_use& u = uses_[d.name];
    if (u.is_special || d.kind == storage::independent || d.kind == storage::macro) return;
    slot v{.kind = kind_of(d), .name = d.name, .at = d.at, .value = d.value};
    bool const is_of_ion = (u.read != ir::none || u.write != ir::none) && d.kind != storage::state;
    if (is_of_ion) return enter_of_ion(d.name, d.at);
    v.unit = u.is_current || u.is_electrode ? current_unit() : unit_of(d.unit);
    v.is_range = u.is_range || v.kind == slot_kind::state;
    v.is_written = u.is_written;
    if (v.kind == slot_kind::constant) v.unit = {};
    u.first = all_.size();
    u.size = d.size;
    for (int k = 0; k < (d.size > 0 ? d.size : 1); ++k) {
      v.element = d.size > 0 ? k : ir::none;
      all_.push_back(v);
    }
  }
  constexpr slot_kind kind_of(declaration const& d) const {
    name_use const& u = uses_[d.name];
    if (u.is_pointer) return slot_kind::pointer;
    switch (d.kind) {
    case storage::constant:
    case storage::factor:
    case storage::macro:
      return slot_kind::constant;
    case storage::state:
      return slot_kind::state;
    case storage::parameter:
      if (u.is_written) return slot_kind::memory;
      if (c_.is_fixed(d.name)) return slot_kind::constant;
      return u.is_range ? slot_kind::parameter : slot_kind::shared;
    default:
      if (u.is_written) return slot_kind::memory;
      if (u.is_range) return slot_kind::parameter;
      return u.is_global ? slot_kind::shared : slot_kind::constant;
    }
  }

  /// A variable of an ion that is no STATE.
  constexpr void enter_of_ion(int name, int at) {
    name_use& u = uses_[name];
    if (u.first != ir::none) return;
    ion_variable const& v = s_.ion_variables[u.read != ir::none ? u.read : u.write];
    ir::string_view const id = s_.names[name], ion = s_.names[s_.ions[v.ion].name];
    bool const is_before = id.size() > 0 && id.substr(1) == ion;
    slot x{.kind = slot_kind::local, .name = name, .at = at};
    if (!is_before) {
      x.unit = {ir::units::molar, 1};
    } else if (id[0] == 'e') {
      x.unit = {ir::units::volt, 1e-3};
    } else if (u.read != ir::none) {
      x.unit = {ir::units::ampere / power(ir::units::metre, 2), 10};
    } else {
      x.kind = slot_kind::memory;
      x.unit = current_unit();
    }
    x.is_range = u.is_range;
    x.is_written = u.is_written;
    u.first = all_.size();
    all_.push_back(x);
  }
  /// What only NEURON names.
  constexpr void enter_rest() {
    for (ion_variable const& v : s_.ion_variables)
      if (uses_[v.name].first == ir::none) enter_of_ion(v.name, v.at);
    for (listed_name const& n : s_.listed) {
      name_use& u = uses_[n.name];
      if (u.first != ir::none || is_block(n.name)) continue;
      slot v{.kind = slot_kind::memory, .name = n.name, .at = n.at};
      if (u.is_pointer) v.kind = slot_kind::pointer;
      if (u.is_random) v.kind = slot_kind::random;
      if (u.is_current || u.is_electrode) v.unit = current_unit();
      if (!u.is_written && v.kind == slot_kind::memory) v.kind = slot_kind::parameter;
      v.is_range = u.is_range;
      v.is_written = u.is_written;
      u.first = all_.size();
      all_.push_back(v);
    }
  }

  constexpr bool is_block(int name) const {
    for (block const& b : s_.blocks)
      if (b.name == name) return true;
    return false;
  }

  syntax& s_;
  contents const& c_;
  unit_table table_;
  ir::list<name_use> uses_;
  ir::list<slot> all_;
  ir::list<int> local_slot_;
  ir::list<known_unit> units_;
  int states_ = 0, first_outbox_ = 0;
  bool has_events_ = false;
};

}  // namespace nernst::nmodl::detail
