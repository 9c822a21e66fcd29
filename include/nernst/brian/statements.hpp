// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/expression.hpp>

namespace nernst::brian::detail {

/// Reads statements (`v = El; w += b`), one per line or separated by semicolons. Each sees the ones
/// before it. A new name on the left is a name for a value within the block.
class statement_reader {
 public:
  constexpr statement_reader(reader& r, source const& s) : r_(r), source_(s) {}

  constexpr ir::list<ir::assignment> read() {
    r_.in_block = true;
    token const* const tokens = source_.tokens.data();
    for (int at = 0; !r_.failed();) {
      while (tokens[at].kind == token_kind::semicolon) ++at;
      if (tokens[at].kind == token_kind::end) break;
      at = statement(tokens + at);
    }
    r_.forget_locals();
    r_.in_block = false;
    return r_.build.statements().finish();
  }

 private:
  /// Returns where the statement ends.
  constexpr int statement(token const* t) {
    if (t->kind != token_kind::name) return fail(*t, "a statement such as v = El");
    bool const augments = t[1].kind == token_kind::augment;
    if (!augments && t[1].kind != token_kind::assign)
      return fail(t[1], "= or an assignment such as +=");
    expression_reader e(r_, source_, static_cast<int>(t + 2 - source_.tokens.data()));
    int value = e.read();
    token const& rest = e.rest();
    if (!rest.fresh_line && rest.kind != token_kind::semicolon && rest.kind != token_kind::end)
      return e.fail(rest, "an operator, ; or a new line");
    if (r_.failed()) return e.position();
    int const before = r_.m.nodes.size();

    if (r_.at(t->name).what == meaning::unresolved) r_.resolve(t->name);
    known_name& n = r_.at(t->name);
    if (n.what == meaning::unknown || n.what == meaning::local) {
      if (augments && n.what == meaning::unknown)
        return fail_name(ir::mistake::unknown_variable, *t);
      if (augments)
        value = r_.m.nodes.make(t[1].code, n.index, value);
      else if (!may_be_local(*t))
        return 0;
      note(before, t, e.rest());
      r_.become(n, meaning::local, value);
      return e.position();
    }
    if (!is_assignable(*t, n)) return 0;
    ir::statement_block& block = r_.build.statements();
    if (augments) value = r_.m.nodes.make(t[1].code, block.read(n.index), value);
    note(before, t, e.rest());
    block.write(n.index, value, r_.note(source_, t, *t, (&e.rest())[-1]));
    return e.position();
  }

  /// Notes where the operation of an assignment such as += was written.
  constexpr void note(int before, token const* t, token const& rest) {
    for (int i = before; i < r_.m.nodes.size(); ++i) r_.note(source_, t, t[1], (&rest)[-1], i);
  }
  constexpr bool may_be_local(token const& t) {
    ir::string_view const id = source_.of(t);
    bool const of_neighbour = id.ends_with("_pre") || id.ends_with("_post");
    if (r_.is_synapse && id == ir::builtin(ir::role::last_update).id.view()) {
      fail_name(ir::mistake::unknown_variable, t, "lastupdate : second");
      return false;
    }
    if (r_.is_synapse && of_neighbour) {
      fail_name(ir::mistake::unknown_variable, t);
      return false;
    }
    auto const why = r_.reserved(id);
    if (!why.empty()) fail_name(ir::mistake::reserved_name, t, why);
    return why.empty();
  }
  constexpr bool is_assignable(token const& t, known_name const& n) {
    if (n.what != meaning::variable)
      return misplaced(t, n.what == meaning::value ? "a constant or a unit" : "no variable");
    ir::symbol const& s = r_.m.at(n.index);
    if (s.constant) return misplaced(t, "a constant");
    if (is_of_synapse(s.kind)) return misplaced(t, "a built-in variable");
    if (is_stored(s.kind) || is_shared(s.kind) || s.kind == ir::role::linked) return true;
    bool const defined = s.kind == ir::role::subexpression;
    return misplaced(t, defined ? "a subexpression" : "a built-in variable");
  }

  constexpr int fail(token const& t, ir::string_view expected) {
    r_.unexpected(source_, t.at, expected);
    return 0;
  }
  constexpr bool misplaced(token const& t, ir::string_view found) {
    r_.fail_name(ir::mistake::misplaced_statement, source_, t, {}, found);
    return false;
  }
  constexpr int fail_name(ir::mistake what, token const& t, ir::string_view expected = {}) {
    r_.fail_name(what, source_, t, expected);
    return 0;
  }

  reader& r_;
  source const& source_;
};

}  // namespace nernst::brian::detail
