// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/expression.hpp>

namespace nernst::brian::detail {

/// Reads statements (`v = El; w += b`), one per line or separated by semicolons. Each sees the ones
/// before it, so that their values are in terms of what was there before the block. A new name on
/// the left is a name for a value within the block.
class statement_reader {
 public:
  constexpr statement_reader(reader& r, source const& s) : r_(r), source_(s) {}

  constexpr std::vector<ir::assignment> read() {
    r_.in_block = true;
    token const* const tokens = source_.tokens.data();
    for (int at = 0; !r_.failed();) {
      while (tokens[at].kind == token_kind::semicolon) ++at;
      if (tokens[at].kind == token_kind::end) break;
      at = statement(tokens + at);
    }
    for (int k = 0; k < r_.names.size(); ++k)
      if (r_.names[k].what == meaning::local) r_.names[k].what = meaning::unresolved;
    r_.in_block = false;
    return r_.statements.finish();
  }

 private:
  constexpr int statement(token const* t) {
    if (t->kind != token_kind::name) return fail(*t, "a statement such as v = El");
    token_kind const how = t[1].kind;
    if (how != token_kind::assign &&
        !(how >= token_kind::add_assign && how <= token_kind::power_assign))
      return fail(t[1], "= or an assignment such as +=");
    expression_reader e(r_, source_, static_cast<int>(t + 2 - source_.tokens.data()));
    int value = e.read();
    token const& rest = e.rest();
    if (!rest.fresh_line && rest.kind != token_kind::semicolon && rest.kind != token_kind::end)
      return e.fail(rest, "an operator, ; or a new line");
    if (r_.failed()) return e.position();

    known_name& n = r_.names[t->index];
    if (n.what == meaning::unresolved) r_.resolve(n);
    if (n.what == meaning::unknown || n.what == meaning::local) {
      if (how != token_kind::assign) {
        if (n.what == meaning::unknown) return fail_name(ir::mistake::unknown_variable, *t);
        value = changed(how, n.index, value);
      } else if (r_.is_synapse && (n.view().ends_with("_pre") || n.view().ends_with("_post"))) {
        return fail_name(ir::mistake::unknown_variable, *t);
      } else if (auto const why = r_.reserved(n); !why.empty()) {
        return fail_name(ir::mistake::reserved_name, *t, why);
      }
      n.what = meaning::local;
      n.index = value;
      return e.position();
    }
    if (n.what != meaning::variable)
      return misplaced(*t, n.what == meaning::value ? "a constant or a unit" : "no variable");
    ir::symbol const& s = r_.m.at(n.index);
    bool const assignable = s.kind == ir::role::state || s.kind == ir::role::parameter ||
                            s.kind == ir::role::shared || s.kind == ir::role::shared_state ||
                            s.kind == ir::role::linked;
    if (!assignable || s.constant)
      return misplaced(*t, s.constant                          ? "a constant"
                           : s.kind == ir::role::subexpression ? "a subexpression"
                                                               : "a built-in variable");
    if (how != token_kind::assign) value = changed(how, r_.statements.read(n.index), value);
    r_.statements.write(n.index, value);
    return e.position();
  }

  /// What `+=` and the like make of an old value.
  constexpr int changed(token_kind how, int old, int value) {
    return r_.m.nodes.make(
        binary_operations[static_cast<int>(how) - static_cast<int>(token_kind::add_assign)], old,
        value);
  }
  constexpr int fail(token const& t, std::string_view expected) {
    r_.unexpected(source_, t.at, expected);
    return 0;
  }
  constexpr int misplaced(token const& t, std::string_view found) {
    r_.fail_name(ir::mistake::misplaced_statement, source_, t, {}, found);
    return 0;
  }
  constexpr int fail_name(ir::mistake what, token const& t, std::string_view expected = {}) {
    r_.fail_name(what, source_, t, expected);
    return 0;
  }

  reader& r_;
  source const& source_;
};

}  // namespace nernst::brian::detail
