// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/meaning.hpp>
#include <nernst/nmodl/verbatim.hpp>

#include <initializer_list>

namespace nernst::nmodl::detail {

/// Notes what a file has, and reports what is wrong.
class surveyor {
 public:
  constexpr surveyor(syntax& s, contents& c) : s_(s), c_(c), m_(s, c) {}

  /// Notes that the file needs something, and refuses it where nothing can be done.
  constexpr void note(construct what, int at, ir::string_view name = {}) {
    construct_row const& row = properties(what);
    if (row.needs > c_.needs) c_.needs = row.needs;
    if (!c_.uses_construct(what))
      c_.uses.push_back({what, at});
    else if (row.needs != stage::refused)
      return;
    if (row.needs == stage::refused)
      m_.report(at, grade::refusal,
                {ir::mistake::not_supported, name.empty() ? row.name : name, {}, {}}, row.instead);
  }
  constexpr meanings& names() { return m_; }

 protected:
  constexpr ir::string_view text(int name) const { return s_.names[name]; }
  constexpr void misplaced(int at, ir::string_view what, ir::string_view expected) {
    m_.mistake(at, {ir::mistake::misplaced_word, what, expected, {}});
  }

  /// Each unknown name is reported once.
  constexpr void unknown(node const& n, ir::mistake what, ir::string_view expected) {
    while (reported_.size() <= n.name) reported_.push_back(false);
    if (reported_[n.name]) return;
    reported_[n.name] = true;
    ir::string_view const id = text(n.name);
    if (stands_in_verbatim(id)) {
      c_.needs = stage::refused;
      m_.report(n.at, grade::refusal, {ir::mistake::not_supported, id, {}, "a name of VERBATIM"},
                "declare it in NMODL");
    } else {
      m_.mistake(n.at, {what, id, expected, {}});
    }
  }
  constexpr bool stands_in_verbatim(ir::string_view id) const {
    for (range const& r : s_.verbatims)
      if (stands_in(s_.text_of(r), id)) return true;
    return false;
  }

  syntax& s_;
  contents& c_;
  meanings m_;

 private:
  ir::list<bool> reported_;
};

/// Checks SOLVE: whether there is such a block, and whether the method suits it.
class solve_survey : public surveyor {
 public:
  using surveyor::surveyor;

 protected:
  constexpr void solve(node const& n) {
    int const b = m_[n.name].block;
    keyword const kind = b == ir::none ? keyword::none : s_.blocks[b].kind;
    ir::string_view const method = n.a == ir::none ? ir::string_view{} : text(s_.nodes[n.a].name);
    if (n.value != 0) note(construct::steady_state, n.at);
    switch (kind) {
    case keyword::derivative:
      return solve_derivative(n, method);
    case keyword::kinetic:
      return solve_kinetic(n, method);
    case keyword::linear:
      return check_method(n, method, {"simeq"});
    case keyword::nonlinear:
      return check_method(n, method, {"newton"});
    case keyword::procedure:
      note(construct::solved_procedure, n.at);
      return check_method(n, method, {"after_cvode", "cvode_t", "cvode_t_v"});
    case keyword::discrete:
      return;
    default:
      m_.mistake(n.at, {ir::mistake::not_a_block, text(n.name), "DERIVATIVE, KINETIC ...", {}});
    }
  }

 private:
  constexpr void solve_derivative(node const& n, ir::string_view method) {
    check_method(n, method, {"cnexp", "derivimplicit", "euler", "runge"});
    if (method.empty()) note(construct::no_method, n.at);
    if (method == "derivimplicit") note(construct::derivimplicit, n.at);
    if (method == "euler") note(construct::euler, n.at);
    if (method == "runge") note(construct::runge, n.at);
  }
  constexpr void solve_kinetic(node const& n, ir::string_view method) {
    check_method(n, method, {"sparse", "matexp", "euler", "runge"});
    if (method == "matexp") note(construct::matexp, n.at);
  }
  constexpr void check_method(node const& n, ir::string_view method,
                              std::initializer_list<ir::string_view> possible) {
    if (method.empty()) return;
    ir::short_string<35> expected;
    for (ir::string_view const p : possible) {
      if (p == method) return;
      (expected += expected.size > 0 ? ", " : "") += p;
    }
    m_.mistake(s_.nodes[n.a].at, {ir::mistake::unknown_method, method, expected.view(), {}});
  }
};

}  // namespace nernst::nmodl::detail
