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
  constexpr void note(construct what, int at, std::string_view name = {}) {
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
  constexpr std::string_view text(int name) const { return s_.names[name]; }
  constexpr void misplaced(int at, std::string_view what, std::string_view expected) {
    m_.mistake(at, {ir::mistake::misplaced_word, what, expected, {}});
  }

  /// Each unknown name is reported once.
  constexpr void unknown(node const& n, ir::mistake what, std::string_view expected) {
    while (reported_.size() <= n.name) reported_.push_back(false);
    if (reported_[n.name]) return;
    reported_[n.name] = true;
    std::string_view const id = text(n.name);
    if (stands_in_verbatim(id)) {
      c_.needs = stage::refused;
      m_.report(n.at, grade::refusal, {ir::mistake::not_supported, id, {}, "a name of VERBATIM"},
                "declare it in NMODL");
    } else {
      m_.mistake(n.at, {what, id, expected, {}});
    }
  }
  constexpr bool stands_in_verbatim(std::string_view id) {
    if (s_.verbatims.empty()) return false;
    if (verbatim_names_.size() == 0)
      for (range const& r : s_.verbatims) text::scan(s_.text_of(r), verbatim_names_, c_letters);
    int const count = verbatim_names_.size();
    return verbatim_names_.intern(id) < count;
  }

  syntax& s_;
  contents& c_;
  meanings m_;

 private:
  ir::list<bool> reported_;
  ir::name_table verbatim_names_;
};

/// Checks SOLVE: whether there is such a block, and whether the method suits it.
class solve_survey : public surveyor {
 public:
  using surveyor::surveyor;

 protected:
  constexpr void solve(node const& n) {
    int const b = m_[n.name].block;
    keyword const kind = b == ir::none ? keyword::none : s_.blocks[b].kind;
    std::string_view const method = n.a == ir::none ? std::string_view{} : text(s_.nodes[n.a].name);
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
  constexpr void solve_derivative(node const& n, std::string_view method) {
    check_method(n, method, {"cnexp", "derivimplicit", "euler", "runge"});
    if (method.empty()) note(construct::no_method, n.at);
    if (method == "derivimplicit"sv) note(construct::derivimplicit, n.at);
    if (method == "euler"sv) note(construct::euler, n.at);
    if (method == "runge"sv) note(construct::runge, n.at);
  }
  constexpr void solve_kinetic(node const& n, std::string_view method) {
    check_method(n, method, {"sparse", "matexp", "euler", "runge"});
    if (method == "matexp"sv) note(construct::matexp, n.at);
  }
  constexpr void check_method(node const& n, std::string_view method,
                              std::initializer_list<std::string_view> possible) {
    if (method.empty()) return;
    ir::short_string<35> expected;
    for (std::string_view const p : possible) {
      if (p == method) return;
      (expected += expected.size > 0 ? ", " : "") += p;
    }
    m_.mistake(s_.nodes[n.a].at, {ir::mistake::unknown_method, method, expected.view(), {}});
  }
};

}  // namespace nernst::nmodl::detail
