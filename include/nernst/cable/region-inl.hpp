// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/region.hpp>
#include <nernst/ir/print.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>

namespace nernst {

namespace cable::detail {

/// A condition as text, for messages.
NERNST_INLINE std::string text_of(language::written_expression const& e) {
  ir::graph g;
  ir::list<int> place;
  for (ir::node n : e.code.operations) {
    int const arity = ir::operands(n.code);
    if (arity > 0) n.a = place[n.a];
    if (arity > 1) n.b = place[n.b];
    if (arity > 2) n.c = place[n.c];
    place.push_back(g.enter(n));
  }
  auto const variable = [&](int which) { return ir::spelling(e.variables[which]); };
  auto const function = [&](int which) { return std::string(e.functions[which].view()); };
  return ir::printer(g, place[e.code.results[0]], variable, function).text();
}

NERNST_INLINE void require_branch(morphology const& of, int number) {
  if (number >= 0 && number < of.size()) return;
  nernst::detail::refuse<std::invalid_argument>(
      {"branch: expected a number from 0 to ", of.size() - 1, ", found ", number});
}

}  // namespace cable::detail

NERNST_INLINE region::region(rule find, std::string text)
    : what_(std::make_shared<description>(description{std::move(find), std::move(text)})) {}

NERNST_INLINE region::region(cable::part const& one)
    : region([all = one.whole()](morphology const&) { return all; }, one.name()) {}

NERNST_INLINE region::region(cable::stretches const& some)
    : region(
          [all = cable::joined(some)](morphology const& of) {
            for (cable::stretch const& s : all) cable::detail::require_branch(of, s.branch);
            return all;
          },
          "stretches") {}

NERNST_INLINE region::region(language::written_expression const& condition)
    : region(
          [condition, text = cable::detail::text_of(condition)](morphology const& of) {
            cable::field holds(of, condition, text);
            cable::stretches all;
            for (int b = 0; b < of.size(); ++b) holds.append_where(b, all);
            return cable::joined(all);
          },
          cable::detail::text_of(condition)) {}

NERNST_INLINE cable::stretches region::in(morphology const& of) const {
  return what_->find(of);
}

NERNST_INLINE region region::both(region const& a, region const& b) {
  return region([a, b](morphology const& of) { return cable::intersection(a.in(of), b.in(of)); },
                "(" + a.text() + " && " + b.text() + ")");
}

NERNST_INLINE region region::either(region const& a, region const& b) {
  return region(
      [a, b](morphology const& of) {
        cable::stretches all = a.in(of);
        for (cable::stretch const& s : b.in(of)) all.push_back(s);
        return cable::joined(all);
      },
      "(" + a.text() + " || " + b.text() + ")");
}

NERNST_INLINE region region::without(region const& a, region const& b) {
  return region([a, b](morphology const& of) { return cable::difference(a.in(of), b.in(of)); },
                "(" + a.text() + " - " + b.text() + ")");
}

NERNST_INLINE region region::complement(region const& a) {
  return region([a](morphology const& of) { return cable::difference(of.all().whole(), a.in(of)); },
                "!" + a.text());
}

namespace dsl {

NERNST_INLINE region tag(int number) {
  auto const find = [number](morphology const& of) {
    cable::stretches all;
    for (int b = 0; b < of.size(); ++b) {
      cable::branch const& one = of.branch_at(b);
      double from = 0;
      for (std::size_t k = 0; k < one.frusta.size(); ++k) {
        double const to = k + 1 == one.frusta.size() ? 1 : one.ends[k] / one.length();
        if (one.frusta[k].tag == number) all.push_back({b, from, to});
        from = to;
      }
    }
    return cable::joined(all);
  };
  return region(find, nernst::detail::message({"tag(", number, ")"}));
}

NERNST_INLINE region branch(int number) {
  return branch(number, 0, 1);
}

NERNST_INLINE region branch(int number, double from, double to) {
  bool const is_ascending = from >= 0 && from < to && to <= 1;
  if (!is_ascending)
    nernst::detail::refuse<std::invalid_argument>(
        {"branch: expected ascending fractions in [0, 1], found ", from, " and ", to});
  auto const find = [=](morphology const& of) {
    cable::detail::require_branch(of, number);
    return cable::stretches{{number, from, to}};
  };
  bool const is_all = from == 0 && to == 1;
  return region(find,
                is_all ? nernst::detail::message({"branch(", number, ")"})
                       : nernst::detail::message({"branch(", number, ", ", from, ", ", to, ")"}));
}

}  // namespace dsl

}  // namespace nernst
