// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/simplify.hpp>

namespace nernst::ir {

/// Expressions as linear forms in some variables: sum_k coefficient_k x_k + offset, with
/// coefficients and offset free of these variables. The forms of all nodes are found in one pass,
/// so that common subexpressions are treated once.
class linear_forms {
 public:
  struct term {
    int column;       ///< which variable
    int coefficient;  ///< node
  };

  /// How random draws are taken: as not linear, or as something that stays the same.
  enum class draws : bool { refused, constant };
  /// How functions of the variables are taken, such as exp(x): as not linear, or as something that
  /// stays the same; what consists of such functions alone is not linear.
  enum class functions : bool { refused, constant };

  /// `column[s - first]` numbers symbol `s` among the variables or is `none`; symbols beyond the
  /// list are no variables.
  constexpr linear_forms(graph& g, span<int const> column, int first = 0,
                         draws random = draws::refused, functions of_variables = functions::refused)
      : g_(g), make_(g), column_(column), first_(first), random_(random),
        of_variables_(of_variables) {}
  constexpr ~linear_forms() = default;  // without it nvcc takes the class for no literal type

  /// Whether every root is linear. If not, `culprit` is the position of the first that is not, and
  /// there are no forms.
  constexpr bool find(span<int const> roots, int& culprit) {
    list<int> const order = schedule(g_, roots);
    list<degree> const degrees = degrees_of(order);
    culprit = none;
    for (int r = 0; r < roots.size(); ++r)
      if (!is_linear(degrees[roots[r]])) {
        culprit = r;
        return false;
      }
    enter(roots, order, degrees);
    return true;
  }

  /// The forms of those roots that are linear; a root that is not has no terms and no offset.
  /// Returns for each root whether it is linear.
  constexpr list<char> find_each(span<int const> roots) {
    list<int> const order = schedule(g_, roots);
    list<degree> const degrees = degrees_of(order);
    list<char> linear(roots.size());
    list<int> kept(roots);
    for (int r = 0; r < roots.size(); ++r) {
      linear[r] = is_linear(degrees[roots[r]]);
      if (linear[r] == 0) kept[r] = none;
    }
    enter(kept, schedule(g_, kept), degrees);
    return linear;
  }
  /// Whether one root is linear; makes no nodes.
  constexpr bool is_linear(int root) const {
    return is_linear(degrees_of(schedule(g_, root))[root]);
  }

  /// The terms of the form of a root, by rising column; structurally zero ones are absent.
  constexpr span<term const> terms(int root) const {
    form const& f = found_[root];
    return span<term const>(terms_.data() + f.begin, f.end - f.begin);
  }
  /// The offset of a root, `none` where it is structurally zero.
  constexpr int offset(int root) const { return found_[root].offset; }

 private:
  enum class degree : char {
    free,        ///< of the variables
    linear,      ///< in them
    not_linear,  ///< in them
    held,        ///< free of them but for the arguments of functions
  };
  /// Without initial values: arrays of it cost nothing to make.
  struct form {
    int begin, end;
    int offset;
  };

  constexpr list<degree> degrees_of(list<int> const& order) const {
    list<degree> degrees(g_.size());
    degree* const of = degrees.data();
    for (int const i : order) of[i] = degree_of(g_[i], of);
    return degrees;
  }

  constexpr void enter(span<int const> roots, list<int> const& order, list<degree> const& degrees) {
    degree const* const of = degrees.data();
    list<form> all(g_.size());
    form* const forms = all.data();
    for (int const i : order) {
      if (is_coefficient(of[i]))
        forms[i].offset = i;
      else
        forms[i] = form_of(node(g_[i]), of, forms);
    }
    for (int const r : roots) found_.push_back(r == none ? form{0, 0, none} : forms[r]);
  }

  constexpr int column_of(int symbol) const {
    int const place = symbol - first_;
    return place >= 0 && place < column_.size() ? column_[place] : none;
  }

  static constexpr bool is_linear(degree d) { return d == degree::free || d == degree::linear; }
  static constexpr bool is_coefficient(degree d) { return d == degree::free || d == degree::held; }
  static constexpr degree of_sum(degree a, degree b) {
    if (a == degree::not_linear || b == degree::not_linear) return degree::not_linear;
    if (a == degree::linear || b == degree::linear) return degree::linear;
    return a == degree::free ? b : a;
  }

  constexpr degree degree_of(node const& n, degree const* of) const {
    if (n.code == op::symbol) return column_of(n.which) == none ? degree::free : degree::linear;
    if (is_random(n.code) && random_ == draws::refused) return degree::not_linear;
    bool is_free = true;
    for (int const x : operands(n)) is_free = is_free && of[x] == degree::free;
    if (is_free) return degree::free;
    switch (n.code) {
    case op::negate:
      return of[n.a];
    case op::add:
    case op::subtract:
      return of_sum(of[n.a], of[n.b]);
    case op::multiply:
      if (is_coefficient(of[n.a])) return is_coefficient(of[n.b]) ? degree::held : of[n.b];
      return is_coefficient(of[n.b]) ? of[n.a] : degree::not_linear;
    case op::divide:
      if (!is_coefficient(of[n.b])) return degree::not_linear;
      return of[n.a] == degree::free ? degree::held : of[n.a];
    case op::select:
      if (!is_coefficient(of[n.a])) return degree::not_linear;
      return held_at_least(of_sum(of[n.b], of[n.c]));
    case op::power: {
      bool const constant = is_coefficient(of[n.a]) && is_coefficient(of[n.b]);
      return constant ? degree::held : degree::not_linear;
    }
    default:
      return of_variables_ == functions::constant ? degree::held : degree::not_linear;
    }
  }
  static constexpr degree held_at_least(degree d) { return d == degree::free ? degree::held : d; }

  constexpr bool is_zero(int node) const { return g_.is_literal(node, 0); }
  constexpr int kept(int node) const { return node == none || is_zero(node) ? none : node; }
  constexpr void keep(int column, int coefficient) {
    if (!is_zero(coefficient)) terms_.push_back({column, coefficient});
  }

  constexpr int combine(node const& n, int a, int b) {
    if (n.code == op::select) {
      int const yes = a == none ? make_.zero() : a, no = b == none ? make_.zero() : b;
      return make_.select(n.a, yes, no);
    }
    if (b == none) return a;
    if (a == none) return n.code == op::add ? b : make_.negate(b);
    return n.code == op::add ? make_.add(a, b) : make_.subtract(a, b);
  }
  constexpr int change(node const& n, int factor, int x) {
    if (n.code == op::multiply) return make_.multiply(x, factor);
    return n.code == op::divide ? make_.divide(x, factor) : make_.negate(x);
  }

  /// The form of a sum, difference or choice, column by column.
  constexpr form merged(node const& n, form const& x, form const& y) {
    bool const no_offset = x.offset == none && y.offset == none;
    int const offset = no_offset ? none : kept(combine(n, x.offset, y.offset));
    if (y.begin == y.end && n.code != op::select) return {x.begin, x.end, offset};
    int const begin = terms_.size();
    int i = x.begin, j = y.begin;
    while (i < x.end || j < y.end) {
      int const left = i < x.end ? terms_[i].column : beyond;
      int const right = j < y.end ? terms_[j].column : beyond;
      int const a = left <= right ? terms_[i++].coefficient : none;
      int const b = right <= left ? terms_[j++].coefficient : none;
      keep(left < right ? left : right, combine(n, a, b));
    }
    return {begin, terms_.size(), offset};
  }
  /// The form of a negation, product or quotient: every coefficient and the offset change in the
  /// same way.
  constexpr form changed(node const& n, int factor, form const& x) {
    int const offset = x.offset == none ? none : kept(change(n, factor, x.offset));
    int const begin = terms_.size();
    for (int i = x.begin; i < x.end; ++i)
      keep(terms_[i].column, change(n, factor, terms_[i].coefficient));
    return {begin, terms_.size(), offset};
  }

  constexpr form form_of(node const& n, degree const* of, form const* forms) {
    switch (n.code) {
    case op::symbol: {
      int const begin = terms_.size();
      terms_.push_back({column_of(n.which), g_.literal(1)});
      return {begin, begin + 1, none};
    }
    case op::negate:
      return changed(n, none, forms[n.a]);
    case op::multiply:
      return is_coefficient(of[n.b]) ? changed(n, n.b, forms[n.a]) : changed(n, n.a, forms[n.b]);
    case op::divide:
      return changed(n, n.b, forms[n.a]);
    case op::select:
      return merged(n, forms[n.b], forms[n.c]);
    default:
      return merged(n, forms[n.a], forms[n.b]);
    }
  }

  static constexpr int beyond = 1 << 30;  // every column

  graph& g_;
  simplifier make_;
  span<int const> column_;
  int first_;
  draws random_;
  functions of_variables_;
  list<term> terms_;
  list<form> found_;
};

}  // namespace nernst::ir
