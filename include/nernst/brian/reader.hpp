// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/tokens.hpp>
#include <nernst/brian/unit_names.hpp>
#include <nernst/ir/statement_block.hpp>

namespace nernst::brian::detail {

/// One text of a model: its equations, or a clause, which `label` names in messages.
struct source {
  std::string_view text = {}, label = {};
  ir::buffer<token> tokens = {};
};

/// What reading the texts of one model has found out so far: its names, and the first mistake.
struct reader {
  ir::model& m;
  name_table names = {};
  bool is_synapse = false, has_refractory = false;
  /// The variables of the neurons before and after a synapse.
  std::span<ir::symbol const> before = {}, after = {};
  /// What the statements of the present block have assigned.
  ir::statement_block statements;
  bool in_block = false;
  /// Whether xi may stand in what is read.
  bool noise_allowed = false;

  constexpr explicit reader(ir::model& model) : m(model), statements(model) {}
  reader(reader const&) = delete;
  reader& operator=(reader const&) = delete;
  constexpr ~reader() = default;

  constexpr bool failed() const { return !m.mistake.ok(); }

  /// Notes a mistake at a place of a text, if it is the first.
  constexpr void fail(ir::mistake what, source const& s, int at, std::string_view where,
                      std::string_view expected = {}, std::string_view found = {}) {
    if (failed()) return;
    m.mistake = {what, where, expected, found, 1, 1};
    for (char const c : s.text.substr(0, static_cast<std::size_t>(at))) {
      ++m.mistake.column;
      if (c != '\n') continue;
      ++m.mistake.line;
      m.mistake.column = 1;
    }
  }
  /// A syntax error: what stands at a place is quoted.
  constexpr void unexpected(source const& s, int at, std::string_view expected) {
    ir::basic_text<35> where(s.label);
    if (s.label.size() > 0) where += ": ";
    std::string_view rest = s.text.substr(static_cast<std::size_t>(at), 20);
    std::size_t size = 0;
    while (size < rest.size() && rest[size] >= ' ' && rest[size] <= '~') ++size;
    // What is not ASCII cannot be shown in the type of an error.
    bool const ends = static_cast<std::size_t>(at) == s.text.size();
    where += ends        ? "end of text"
             : size == 0 ? (rest[0] == '\n' ? "end of line" : "a character")
                         : rest.substr(0, size);
    fail(ir::mistake::syntax_error, s, at, where, expected);
  }
  constexpr void fail_name(ir::mistake what, source const& s, token const& t,
                           std::string_view expected = {}, std::string_view found = {}) {
    fail(what, s, t.at,
         s.text.substr(static_cast<std::size_t>(t.at), static_cast<std::size_t>(t.size)), expected,
         found);
  }

  constexpr int add_symbol(ir::symbol const& s) {
    m.symbols.push_back(s);
    return static_cast<int>(m.symbols.size()) - 1;
  }
  /// Enters a variable of the model under its name.
  constexpr void become_variable(known_name& n, int symbol) {
    n.what = meaning::variable;
    n.index = symbol;
    // Noise has its places, so that readers must look at it.
    n.node = m.at(symbol).kind == ir::role::noise ? ir::none : m.nodes.symbol(symbol);
  }
  constexpr void become_value(known_name& n, double value, ir::dimension unit) {
    n.what = meaning::value;
    n.value = value;
    n.unit = unit;
    n.node = m.nodes.literal(value, unit);
  }

  /// Finds out what a name stands for that the model does not define: the neighbours of a synapse,
  /// then what is always there. Names of Brian 2's own that cannot mean anything else are found by
  /// `reserved`.
  constexpr void resolve(known_name& n) {
    n.what = meaning::unknown;
    std::string_view const id = n.view();
    if (is_synapse && resolve_neighbour(n, id)) return;
    int const b = builtins_by_name.find(id, n.hash);
    if (b != ir::none) {
      builtin const& known = builtins[b];
      if (known.what == meaning::value) return become_value(n, known.value, known.unit);
      if (known.what == meaning::special)
        return resolve_special(n, static_cast<special_variable>(known.which));
      n.what = known.what;
      n.index = b;
      return;
    }
    if (id.starts_with("xi_")) return resolve_special(n, special_variable::noise);
    if (auto const u = find_unit(id)) {
      become_value(n, u->value, u->unit);
      n.is_base_unit = u->is_base;
    }
  }

  constexpr bool resolve_neighbour(known_name& n, std::string_view id) {
    bool const pre = id.ends_with("_pre"), post = id.ends_with("_post");
    ir::side const owner = pre ? ir::side::pre : ir::side::post;
    if (pre) id.remove_suffix(4);
    if (post) id.remove_suffix(5);
    if (id == "N" && (pre || post)) {
      become_variable(n, add_symbol({"N", ir::role::count, owner, {}, ir::value_type::integer}));
      return true;
    }
    for (ir::symbol const& s : pre ? before : after) {
      if (s.id.view() != id || s.owner != ir::side::here) continue;
      become_neighbour(n, s, owner);
      return true;
    }
    return false;
  }
  /// A variable of a synapse's neuron may have been entered under another name: `v` and `v_post`
  /// are one.
  constexpr void become_neighbour(known_name& n, ir::symbol s, ir::side owner) {
    s.owner = owner;
    int const known = m.find(s.id, owner);
    become_variable(n, known != ir::none ? known : add_symbol(s));
  }

  constexpr void resolve_special(known_name& n, special_variable which) {
    using enum ir::value_type;
    auto become = [&](std::string_view id, ir::role kind, ir::dimension unit,
                      ir::value_type type = real, ir::side owner = ir::side::here) {
      become_variable(n, add_symbol({id, kind, owner, unit, type}));
    };
    switch (which) {
    case special_variable::time:
      return become("t", ir::role::time, ir::units::second);
    case special_variable::time_step:
      return become("dt", ir::role::time_step, ir::units::second);
    case special_variable::step:
      return become("t_in_timesteps", ir::role::step, {}, integer);
    case special_variable::index:
      return become("i", ir::role::index, {}, integer);
    case special_variable::target_index:
      if (is_synapse) become("i", ir::role::index, {}, integer, ir::side::post);
      return;
    case special_variable::count:
      return become("N", ir::role::count, {}, integer);
    case special_variable::noise:
      return become(n.view(), ir::role::noise, ir::dimension{0, 0, {-1, 2}, 0});
    case special_variable::not_refractory:
      if (has_refractory) become("not_refractory", ir::role::not_refractory, {}, boolean);
      return;
    case special_variable::last_spike:
      if (has_refractory) become("lastspike", ir::role::last_spike, ir::units::second);
      return;
    case special_variable::reserved:
      return;
    }
  }

  /// Why a name cannot be given to a variable, or nothing.
  constexpr std::string_view reserved(known_name const& n) const {
    char const first = n.text[0], last = n.text[n.size - 1];
    if (first == '_') return "a name without _ at the beginning";
    if (last == 'e' && n.view().ends_with("_pre")) return "a name without _pre at the end";
    if (last == 't' && n.view().ends_with("_post")) return "a name without _post at the end";
    if (first == 'x' && n.view().starts_with("xi_")) return "a name that is not of noise";
    int const b = builtins_by_name.find(n.view(), n.hash);
    if (b != ir::none) {
      builtin const& known = builtins[b];
      if (!known.reserved || (known.name == "j" && !is_synapse)) return {};
      if (known.what == meaning::word) return "a name that is no word of Python";
      if (known.what == meaning::function) return "a name that is no function";
      return known.what == meaning::value ? "a name that is no constant"
                                          : "a name without a meaning";
    }
    if (is_synapse && n.view() == "delay") return "a name without a meaning";
    auto const u = find_unit(n.view());
    return u && u->reserved ? "a name that is no unit" : "";
  }
};

}  // namespace nernst::brian::detail
