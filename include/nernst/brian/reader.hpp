// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/vocabulary.hpp>
#include <nernst/ir/builder.hpp>
#include <nernst/ir/units.hpp>
#include <nernst/text/place.hpp>
#include <nernst/text/python.hpp>

namespace nernst::brian::detail {

using text::token;
using text::token_kind;

/// One text of a model: its equations, or a clause, which `label` names in messages.
struct source {
  ir::string_view text = {}, label = {};
  ir::list<token> tokens = {};
  int number = ir::none;  ///< which text of the model it is

  constexpr ir::string_view of(token const& t) const {
    return text.substr(static_cast<std::size_t>(t.at), static_cast<std::size_t>(t.size));
  }
};

/// What is known of a name that texts mention.
struct known_name {
  meaning what = meaning::unresolved;
  int index = ir::none;  ///< a symbol, the place of a function of the user, or the node of a local
  int node = ir::none;   ///< what reads it, once that is known
  ir::op code = ir::op::literal;  ///< of a function
  ir::dimension unit;             ///< of a value
  bool is_base_unit = false;
  bool has_line = false;  ///< a line of the equations defines it
};

/// What reading the texts of one model has found out so far: its names, and the first mistake.
class reader {
 public:
  /// Of a synapse: the variables of the neurons before and after it.
  struct neighbours {
    ir::span<ir::symbol const> before = {}, after = {};
  };

  constexpr explicit reader(ir::model& model) : m(model), build(model) {}
  constexpr reader(ir::model& model, neighbours const& neurons)
      : m(model), build(model), is_synapse(true), neurons_(neurons) {}
  reader(reader const&) = delete;
  reader& operator=(reader const&) = delete;
  constexpr ~reader() = default;

  ir::model& m;
  ir::builder build;
  bool is_synapse = false, is_spatial = false;
  bool has_refractory = false, has_event_driven = false;
  bool in_block = false;       ///< statements are read
  bool noise_allowed = false;  ///< xi may stand in what is read

  constexpr bool failed() const { return build.failed(); }
  /// Notes a mistake at a place of a text, if it is the first.
  constexpr void fail(ir::mistake what, source const& s, int at, ir::string_view where,
                      ir::string_view expected = {}, ir::string_view found = {}) {
    if (!failed()) build.fail(text::mistake_at(s.text, at, what, where, expected, found));
  }
  /// A mistake about a name.
  constexpr void fail_name(ir::mistake what, source const& s, token const& t,
                           ir::string_view expected = {}, ir::string_view found = {}) {
    fail(what, s, t.at, s.of(t), expected, found);
  }
  /// A syntax error: what stands at a place is quoted. In other languages ^ is a power.
  constexpr void unexpected(source const& s, int at, ir::string_view expected) {
    if (failed()) return;
    ir::short_string<35> where(s.label);
    if (s.label.size() > 0) where += ": ";
    bool const is_power = s.text.substr(static_cast<std::size_t>(at)).starts_with('^');
    fail(ir::mistake::syntax_error, s, at, where += text::excerpt(s.text, at),
         is_power ? "** for a power" : expected);
  }

  constexpr source scan(ir::string_view text, ir::string_view label = {}) {
    source s{text, label, text::scan(text, names_, text::python), m.texts.size()};
    m.texts.push_back({text, label});
    extend();
    return s;
  }
  /// Notes where something was written: from one token to the end of another, and the token to
  /// show.
  constexpr int note(source const& s, token const* first, token const& shown, token const& last,
                     int node = ir::none) {
    m.origins.push_back({node, s.number, first->at, shown.at, last.at + last.size});
    return m.origins.size() - 1;
  }

  /// What is known of a name: of its number, or of its spelling.
  constexpr known_name& at(int number) { return known_[number]; }
  constexpr known_name& at(ir::string_view name) { return known_[number_of(name)]; }
  constexpr int number_of(ir::string_view name) {
    int const number = names_.intern(name);
    extend();
    return number;
  }
  constexpr ir::string_view spelling(int number) const { return names_[number]; }
  /// The number of something that no text can name.
  constexpr int add_nameless() {
    int const number = names_.add_nameless();
    extend();
    return number;
  }
  /// Forgets the names that a block of statements has made.
  constexpr void forget_locals() {
    for (known_name& n : known_)
      if (n.what == meaning::local) n.what = meaning::unresolved;
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
    n.unit = unit;
    n.node = m.nodes.literal(value, unit);
  }
  /// Enters a name that the texts cannot define again.
  constexpr void become(known_name& n, meaning what, int index) {
    n.what = what;
    n.index = index;
  }

  /// Finds out what a name stands for that the model does not define: the neighbours of a synapse,
  /// then what is always there.
  constexpr void resolve(int number) {
    known_name& n = known_[number];
    n.what = meaning::unknown;
    ir::string_view const id = names_[number];
    if (is_synapse && resolve_neighbour(number)) return;
    if (word const* const w = words.find(id)) return resolve_word(n, *w);
    if (id.starts_with("xi_")) {
      ir::symbol noise = ir::builtin(ir::role::noise);
      noise.id = id;
      return become_variable(n, m.add(noise));
    }
    if (auto const u = ir::find_unit(id)) {
      become_value(n, u->value, u->unit);
      n.is_base_unit = u->is_base;
    }
  }
  constexpr bool resolve_neighbour(int number) {
    ir::string_view id = names_[number];
    bool const pre = id.ends_with("_pre"), post = id.ends_with("_post");
    ir::side const owner = pre ? ir::side::pre : ir::side::post;
    if (pre) id.remove_suffix(4);
    if (post) id.remove_suffix(5);
    if (id == "N" && (pre || post)) {
      become_variable(known_[number], m.add(of_neighbour(ir::role::count, owner)));
      return true;
    }
    for (ir::symbol const& s : pre ? neurons_.before : neurons_.after) {
      if (s.id.view() != id || s.owner != ir::side::here) continue;
      // It may have been entered under another name: `v` and `v_post` are one.
      ir::symbol own = s;
      own.owner = owner;
      become_variable(known_[number], m.declare(own));
      return true;
    }
    return false;
  }

  /// Whether an unknown name is one of the refractoriness of a neuron that has none.
  constexpr bool misses_refractory(ir::string_view id) const {
    for (ir::string_view const end : {"_pre", "_post"})
      if (is_synapse && id.ends_with(end))
        return id.starts_with("not_refractory_") || id.starts_with("lastspike_");
    return false;
  }
  /// Why a name cannot be given to a variable, or nothing.
  constexpr ir::string_view reserved(ir::string_view id) const {
    if (id.ends_with("_pre")) return "a name without _pre at the end";
    if (id.ends_with("_post")) return "a name without _post at the end";
    return reserved_for_constants(id);
  }
  /// The same of constants, which give way to variables of neurons.
  constexpr ir::string_view reserved_for_constants(ir::string_view id) const {
    if (id[0] == '_') return "a name without _ at the beginning";
    if (id.starts_with("xi_")) return "a name that is not of noise";
    if (word const* const w = words.find(id)) return reserved(*w);
    if (is_synapse && id == "delay") return "a name without a meaning";
    auto const u = ir::find_unit(id);
    return u && u->is_brian ? "a name that is no unit" : "";
  }

 private:
  constexpr void extend() {
    while (known_.size() < names_.size()) known_.push_back({});
  }
  static constexpr ir::symbol of_neighbour(ir::role kind, ir::side owner) {
    ir::symbol s = ir::builtin(kind);
    s.owner = owner;
    return s;
  }

  constexpr void resolve_word(known_name& n, word const& w) {
    if (w.what == meaning::value) return become_value(n, w.value, w.unit);
    if (w.what != meaning::special) {
      n.what = w.what;
      n.code = w.code;
      return;
    }
    if (w.name == "j" && is_synapse)
      return become_variable(n, m.add(of_neighbour(ir::role::index, ir::side::post)));
    ir::symbol const* const s = ir::find_builtin(w.name);
    if (s != nullptr && is_there(s->kind)) become_variable(n, m.declare(*s));
  }
  /// Whether the model has a variable that others have.
  constexpr bool is_there(ir::role builtin) const {
    if (ir::is_of_refractoriness(builtin)) return has_refractory;
    if (builtin == ir::role::last_update) return is_synapse && has_event_driven;
    return is_synapse || !ir::is_of_synapse(builtin);
  }
  constexpr ir::string_view reserved(word const& w) const {
    if (!w.is_brian || (w.name == "j" && !is_synapse)) return {};
    if (w.what == meaning::word) return "a name that is no word of Python";
    if (w.what == meaning::value) return "a name that is no constant";
    return w.what == meaning::special ? "a name without a meaning" : "a name that is no function";
  }

  neighbours neurons_;
  ir::name_table names_;
  ir::list<known_name> known_;
};

}  // namespace nernst::brian::detail
