// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/simplify.hpp>

namespace nernst::ir {

/// How much the value of an expression varies during a run: each kind includes the ones before it.
enum class variation : std::uint8_t {
  constant,  ///< one value per population: literals, shared variables, coefficients, dt
  element,   ///< one value per element: parameters, i
  time,      ///< changes with t or with being refractory
  state,     ///< changes with the state
  random,    ///< drawn anew
};

constexpr variation variation_of(role kind) {
  switch (kind) {
  case role::state:
  case role::shared_state:
  case role::advanced:
  case role::substep:
  case role::elapsed:
  case role::linked:
  case role::subexpression:
    return variation::state;
  case role::parameter:
  case role::index:
    return variation::element;
  case role::time:
  case role::step:
  case role::not_refractory:
  case role::last_spike:
    return variation::time;
  case role::noise:
    return variation::random;
  default:
    return variation::constant;
  }
}

/// How often the value of an expression has to be computed.
enum frequency : char { per_run, per_step, per_element };

/// How often variables of a kind change; arrays are `per_element`.
constexpr frequency frequency_of(role kind) {
  switch (kind) {
  case role::time:
  case role::step:
  case role::shared_state:
    return per_step;
  default:
    return variation_of(kind) == variation::constant ? per_run : per_element;
  }
}

/// The most that any of these expressions varies; `none` counts as constant.
constexpr variation variation_of(model const& m, std::span<int const> roots) {
  variation most = variation::constant;
  for (int const i : schedule(m.nodes, roots)) {
    node const& n = m.nodes[i];
    variation const v = n.code == op::symbol ? variation_of(m.at(n.a).kind)
                        : is_random(n.code)  ? variation::random
                                             : variation::constant;
    if (v > most) most = v;
  }
  return most;
}
constexpr variation variation_of(model const& m, int node) {
  return variation_of(m, std::span<int const>(&node, 1));
}

/// Expressions as linear forms in some variables: sum_k coefficient_k x_k + offset, with
/// coefficients and offset free of these variables and of random draws. The forms of all nodes are
/// found in one pass, so that common subexpressions are treated once.
class linear_forms {
 public:
  struct term {
    int column;       ///< which variable
    int coefficient;  ///< node
  };

  /// How random draws are taken: as not linear, or as something that stays the same.
  enum class draws : bool { refused, constant };

  /// `column[s - first]` numbers symbol `s` among the variables or is `none`; symbols beyond the
  /// list are no variables.
  constexpr linear_forms(graph& g, std::span<int const> column, int first = 0,
                         draws random = draws::refused)
      : g_(g), make_(g), column_(column.data()), first_(first),
        last_(first + static_cast<int>(column.size())),
        degree_of_draw_(random == draws::refused ? 2 : 0) {}

  constexpr ~linear_forms() = default;  // without it nvcc takes the class for no literal type

  /// Whether every root is linear. If not, `culprit` is the position of the first that is not, and
  /// there are no forms.
  constexpr bool find(std::span<int const> roots, int& culprit) {
    buffer<char> const degrees = degrees_of(roots);
    culprit = none;
    for (std::size_t r = 0; r < roots.size(); ++r)
      if (degrees[roots[r]] > 1) {
        culprit = static_cast<int>(r);
        return false;
      }
    enter(roots, degrees);
    return true;
  }

  /// The forms of those roots that are linear; a root that is not has no terms and no offset.
  /// Returns for each root whether it is linear.
  constexpr buffer<char> find_each(std::span<int const> roots) {
    buffer<char> const degrees = degrees_of(roots);
    buffer<char> linear(static_cast<int>(roots.size()));
    buffer<int> kept(static_cast<int>(roots.size()));
    for (int r = 0; r < kept.size(); ++r) {
      int const root = roots[static_cast<std::size_t>(r)];
      linear[r] = degrees[root] <= 1;
      kept[r] = linear[r] != 0 ? root : none;
    }
    enter({kept.data(), roots.size()}, degrees);
    return linear;
  }

  /// The terms of the form of a root, by rising column; structurally zero ones are absent.
  constexpr std::span<term const> terms(std::size_t root) const {
    form const& f = found_[static_cast<int>(root)];
    return {terms_.data() + f.begin, terms_.data() + f.end};
  }
  /// The offset of a root, `none` where it is structurally zero.
  constexpr int offset(std::size_t root) const { return found_[static_cast<int>(root)].offset; }

 private:
  /// Without initial values: arrays of it cost nothing to make.
  struct form {
    int begin, end;
    int offset;
  };

  constexpr buffer<char> degrees_of(std::span<int const> roots) const {
    buffer<char> degrees(g_.size());
    char* const degree = degrees.data();
    for (int const i : schedule(g_, roots)) degree[i] = degree_of(g_[i], degree);
    return degrees;
  }

  constexpr void enter(std::span<int const> roots, buffer<char> const& degrees) {
    char const* const degree = degrees.data();
    buffer<form> all(g_.size());
    form* const forms = all.data();
    for (int const i : schedule(g_, roots)) {
      if (degree[i] == 0)
        forms[i].offset = i;
      else
        forms[i] = form_of(node(g_[i]), degree, forms);
    }
    for (int const r : roots) found_.push_back(r == none ? form{0, 0, none} : forms[r]);
  }

  constexpr int column_of(int symbol) const {
    return symbol >= first_ && symbol < last_ ? column_[symbol - first_] : none;
  }

  /// 0, 1, or 2 for what is not linear.
  constexpr char degree_of(node const& n, char const* degree) const {
    switch (n.code) {
    case op::literal:
      return 0;
    case op::symbol:
      return column_of(n.a) == none ? 0 : 1;
    case op::uniform:
    case op::normal:
      return degree_of_draw_;
    case op::poisson:
      return degree[n.a] == 0 ? degree_of_draw_ : char{2};
    case op::binomial:
      return degree[n.a] == 0 && degree[n.b] == 0 ? degree_of_draw_ : char{2};
    case op::negate:
      return degree[n.a];
    case op::add:
    case op::subtract:
      return degree[n.a] > degree[n.b] ? degree[n.a] : degree[n.b];
    case op::multiply:
      return degree[n.a] == 0 ? degree[n.b] : degree[n.b] == 0 ? degree[n.a] : char{2};
    case op::divide:
      return degree[n.b] == 0 ? degree[n.a] : char{2};
    case op::select:
      return degree[n.a] != 0 ? char{2} : degree[n.b] > degree[n.c] ? degree[n.b] : degree[n.c];
    default: {
      int const arity = operands(n.code);
      return degree[n.a] == 0 && (arity < 2 || degree[n.b] == 0) && (arity < 3 || degree[n.c] == 0)
                 ? char{0}
                 : char{2};
    }
    }
  }

  constexpr bool is_zero(int node) const { return g_[node].value == 0 && g_.is_literal(node); }
  constexpr int kept(int node) const { return node == none || is_zero(node) ? none : node; }
  constexpr void keep(int column, int coefficient) {
    if (!is_zero(coefficient)) terms_.push_back({column, coefficient});
  }

  constexpr int combine(node const& n, int a, int b) {
    if (n.code == op::select)
      return make_.select(n.a, a == none ? make_.zero() : a, b == none ? make_.zero() : b);
    if (b == none) return a;
    if (a == none) return n.code == op::add ? b : make_.negate(b);
    return n.code == op::add ? make_.add(a, b) : make_.subtract(a, b);
  }
  constexpr int change(node const& n, int factor, int x) {
    return n.code == op::multiply ? make_.multiply(x, factor)
           : n.code == op::divide ? make_.divide(x, factor)
                                  : make_.negate(x);
  }

  /// The form of a sum, difference or choice, column by column.
  constexpr form merged(node const& n, form const& x, form const& y) {
    int const offset =
        x.offset == none && y.offset == none ? none : kept(combine(n, x.offset, y.offset));
    if (y.begin == y.end && n.code != op::select) return {x.begin, x.end, offset};
    int const begin = terms_.size();
    int i = x.begin, j = y.begin;
    while (i < x.end || j < y.end) {
      int const left = i < x.end ? terms_[i].column : beyond,
                right = j < y.end ? terms_[j].column : beyond;
      int const a = left <= right ? terms_[i++].coefficient : none;
      int const b = right <= left ? terms_[j++].coefficient : none;
      keep(left < right ? left : right, combine(n, a, b));
    }
    return {begin, terms_.size(), offset};
  }
  /// The form of a negation, product or quotient: every coefficient and the offset change in the
  /// same way.
  constexpr form changed(node const& n, int factor, form const& x) {
    int const begin = terms_.size(),
              offset = x.offset == none ? none : kept(change(n, factor, x.offset));
    for (int i = x.begin; i < x.end; ++i)
      keep(terms_[i].column, change(n, factor, terms_[i].coefficient));
    return {begin, terms_.size(), offset};
  }

  constexpr form form_of(node const& n, char const* degree, form const* forms) {
    switch (n.code) {
    case op::symbol: {
      int const begin = terms_.size();
      terms_.push_back({column_of(n.a), g_.literal(1)});
      return {begin, begin + 1, none};
    }
    case op::negate:
      return changed(n, none, forms[n.a]);
    case op::multiply:
      return degree[n.a] != 0 ? changed(n, n.b, forms[n.a]) : changed(n, n.a, forms[n.b]);
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
  int const* column_;
  int first_, last_;
  char degree_of_draw_;
  buffer<term> terms_;
  buffer<form> found_;
};

/// The equations of a model as dX/dt = M X + B; rows and columns are numbered like the equations.
struct linear_system {
  bool linear = false;
  int culprit = none;       ///< the first equation that is not linear, or `none`
  std::vector<int> matrix;  ///< n n nodes of M, row by row; a literal 0 where structurally zero
  std::vector<int> offset;  ///< n nodes of B, likewise
  variation matrix_vary = variation::constant;  ///< how M varies
  variation vary =
      variation::constant;  ///< how M and B vary; states without an equation count as states
};

/// Whether the equations are linear in the states that have an equation, and if so their
/// coefficients. Random draws are not allowed in them. Flags (`unless_refractory`) are not
/// regarded.
constexpr linear_system linear(model& m) {
  linear_system result;
  std::size_t const n = m.equations.size();
  std::vector<int> column(m.symbols.size(), none), rhs;
  rhs.reserve(n);
  for (std::size_t i = 0; i < n; ++i) {
    column[static_cast<std::size_t>(m.equations[i].symbol)] = static_cast<int>(i);
    rhs.push_back(m.equations[i].rhs);
  }
  linear_forms forms(m.nodes, column);
  if (!forms.find(rhs, result.culprit)) return result;
  result.linear = true;
  int const zero = m.nodes.literal(0);
  result.matrix.assign(n * n, zero);
  std::vector<int> entries;
  for (std::size_t i = 0; i < n; ++i) {
    for (auto const& t : forms.terms(i)) {
      result.matrix[i * n + static_cast<std::size_t>(t.column)] = t.coefficient;
      entries.push_back(t.coefficient);
    }
    result.offset.push_back(forms.offset(i) == none ? zero : forms.offset(i));
  }
  result.matrix_vary = variation_of(m, entries);
  variation const offset_vary = variation_of(m, result.offset);
  result.vary = offset_vary > result.matrix_vary ? offset_vary : result.matrix_vary;
  return result;
}

/// An expression as slope x + offset.
struct affine {
  bool affine = false;
  int slope = none, offset = none;  ///< nodes; a literal 0 where structurally zero
};

/// Whether `root` is affine in one variable; slope and offset may depend on every other one, but
/// contain no random draws.
constexpr affine affine_in(graph& g, int root, int symbol) {
  int const column = 0;
  linear_forms forms(g, std::span<int const>(&column, 1), symbol);
  int culprit = none;
  if (!forms.find(std::span<int const>(&root, 1), culprit)) return {};
  auto const terms = forms.terms(0);
  int const zero = g.literal(0), offset = forms.offset(0);
  return {true, terms.empty() ? zero : terms[0].coefficient, offset == none ? zero : offset};
}

}  // namespace nernst::ir
