// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/strength.hpp>
#include <nernst/kernel/assemble.hpp>

#include <cmath>
#include <vector>

/// Random expressions for compiled kernels, and how far a correct evaluation of one may be from the
/// exact value.
namespace differential {

using nernst::ir::op;
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;

/// SplitMix64 of Steele, Lea and Flood (2014), in constant evaluation.
struct random_source {
  std::uint64_t state;
  constexpr std::uint64_t bits() {
    std::uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  constexpr int below(int n) { return static_cast<int>(bits() % static_cast<std::uint64_t>(n)); }
  constexpr double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
};

inline constexpr int states = 4, shared_at = 4, time_at = 5, index_at = 6, outputs_at = 7;

/// A model whose reset stores `Count` random expressions, as written and reduced, in arrays of
/// their own.
struct sample {
  ir::model model;
  ir::list<int> written, simple;
  kernel::layout where{0};
  kernel::program program;
};

/// Grows expressions from the variables, with arguments moved into the domain of each function, so
/// that nearly all values are finite. What it draws is drawn in named variables: compilers and
/// constant evaluation order the arguments of a call differently.
class generator {
 public:
  constexpr generator(ir::model& m, std::uint64_t seed) : g_(m.nodes), random_{seed * 1000003} {
    for (int s = 0; s < states; ++s) numbers_.push_back({g_.symbol(s), 3});
    numbers_.push_back({g_.symbol(shared_at), 3});
    numbers_.push_back({g_.symbol(time_at), 1});
    numbers_.push_back({g_.symbol(index_at), 64});
    numbers_.push_back({g_.random(op::uniform, 0), 1});
    numbers_.push_back({g_.random(op::normal, 1), 6});
  }

  /// The next expression, of which earlier ones may be part.
  constexpr int next() {
    int const kind = random_.below(20);
    if (kind < 3) return truth(compared());
    if (kind < 5 && !truths_.empty()) return truth(combined());
    if (kind < 7 && !truths_.empty()) {
      operand const yes = pick(), no = pick();
      return number(g_.select(any_truth(), yes.node, no.node),
                    yes.bound > no.bound ? yes.bound : no.bound);
    }
    if (kind < 8 && !truths_.empty()) {
      int const one = any_truth();
      return number(g_.add(one, pick(9).node), 10);
    }
    return kind < 14 ? function() : arithmetic();
  }

 private:
  struct operand {
    int node;
    double bound;  ///< of the magnitude
  };

  constexpr int number(int node, double bound) {
    numbers_.push_back({node, bound});
    return node;
  }
  constexpr int truth(int node) {
    truths_.push_back(node);
    return node;
  }
  constexpr int any_truth() { return truths_[random_.below(truths_.size())]; }

  /// An earlier value, more likely a late one, or a literal; x/(1 + |x|) of it where it may be too
  /// large.
  constexpr operand pick(double largest = 100) {
    if (random_.below(6) == 0) {
      constexpr double some[] = {0, 1, -1, 2, 0.5, -0.25, 3, 0.1};
      int const k = random_.below(12);
      double const value = k < 8 ? some[k] : 6 * random_.uniform() - 3;
      return {g_.literal(value), 3};
    }
    int const n = numbers_.size();
    int const a = random_.below(n), b = random_.below(n);
    operand const x = numbers_[a > b ? a : b];
    if (x.bound <= largest) return x;
    return {g_.divide(x.node, g_.add(g_.make(op::abs, x.node), g_.literal(1))), 1};
  }
  constexpr int limited(double low, double high) {
    int const x = pick().node;
    return g_.make(op::minimum, g_.make(op::maximum, x, g_.literal(low)), g_.literal(high));
  }
  constexpr int positive(double least) {
    return g_.add(g_.make(op::abs, pick().node), g_.literal(least));
  }

  constexpr int compared() {
    constexpr op codes[] = {op::less,          op::less_equal, op::greater,
                            op::greater_equal, op::equal,      op::not_equal};
    op const code = codes[random_.below(6)];
    // Variables and small whole numbers are often equal.
    int const a = random_.below(2) == 0 ? g_.symbol(random_.below(states)) : pick().node;
    int const b = random_.below(3) == 0 ? g_.literal(random_.below(5) - 2) : pick().node;
    return g_.make(code, a, b);
  }
  constexpr int combined() {
    int const kind = random_.below(3);
    int const a = any_truth(), b = any_truth();
    return kind == 0 ? g_.make(op::logical_not, a)
                     : g_.make(kind == 1 ? op::logical_and : op::logical_or, a, b);
  }

  constexpr int arithmetic() {
    operand const a = pick(), b = pick();
    switch (random_.below(10)) {
    case 0:
    case 1:
      return number(g_.add(a.node, b.node), a.bound + b.bound);
    case 2:
    case 3:
      return number(g_.subtract(random_.below(3) == 0 ? g_.negate(a.node) : a.node, b.node),
                    a.bound + b.bound);
    case 4:
    case 5:
      return number(g_.multiply(a.node, b.node), a.bound * b.bound);
    case 6:
      return number(g_.divide(a.node, positive(0.5)), 2 * a.bound);
    case 7:
      return number(g_.make(random_.below(2) == 0 ? op::minimum : op::maximum, a.node, b.node),
                    a.bound + b.bound);
    case 8:
      if (random_.below(3) == 0)
        return number(g_.make(op::floor_divide, a.node, positive(0.5)), 2 * a.bound + 1);
      if (random_.below(3) == 0) return number(g_.make(op::atan2, a.node, b.node), 3.2);
      return number(g_.make(op::floor_mod, a.node, positive(0.5)), 100.5);
    default: {
      constexpr double exponents[] = {-2, -1, 0.5, 2, 3, 4};
      int const base = positive(0.25);
      if (random_.below(2) == 0) return number(g_.make(op::power, base, limited(-2, 2)), 1e5);
      return number(g_.make(op::power, base, g_.literal(exponents[random_.below(6)])), 1e9);
    }
    }
  }

  constexpr int function() {
    constexpr op codes[] = {op::negate, op::logical_not, op::abs,   op::sign,  op::ceil,
                            op::floor,  op::sqrt,        op::exp,   op::expm1, op::exprel,
                            op::log,    op::log10,       op::log1p, op::sin,   op::cos,
                            op::tan,    op::asin,        op::acos,  op::atan,  op::sinh,
                            op::cosh,   op::tanh,        op::erf,   op::trunc};
    op const code = codes[random_.below(24)];
    switch (code) {
    case op::negate:
    case op::abs:
    case op::ceil:
    case op::floor:
    case op::trunc: {
      operand const x = pick();
      return number(g_.make(code, x.node), x.bound + 1);
    }
    case op::logical_not:
      return truths_.empty() ? truth(compared()) : truth(g_.make(code, any_truth()));
    case op::sqrt:
      return number(g_.make(code, positive(0)), 11);
    case op::log:
    case op::log10:
    case op::log1p:
      return number(g_.make(code, positive(0.25)), 5);
    case op::exp:
    case op::expm1:
    case op::exprel:
    case op::sinh:
    case op::cosh:
      return number(g_.make(code, limited(-3, 3)), 21);
    case op::tan:
      return number(g_.make(code, limited(-1, 1)), 2);
    case op::asin:
    case op::acos:
      return number(g_.make(code, g_.multiply(g_.literal(0.99), limited(-1, 1))), 4);
    default:
      return number(g_.make(code, pick().node), 2);
    }
  }

  ir::graph& g_;
  random_source random_;
  ir::list<operand> numbers_;
  ir::list<int> truths_;
};

/// `count` random expressions; the program is that of the simplified ones, or of those as written.
constexpr sample make_sample(std::uint64_t seed, int count, bool simplified) {
  sample s;
  auto declare = [&](ir::identifier const& id, ir::role kind) {
    s.model.symbols.push_back({.id = id, .kind = kind});
  };
  for (int k = 0; k < states; ++k) declare("x", ir::role::state);
  declare("s", ir::role::shared);
  declare("t", ir::role::time);
  declare("i", ir::role::index);
  generator make(s.model, seed);
  for (int k = 0; k < count; ++k) s.written.push_back(make.next());
  s.simple = ir::reduce_strength(s.model, s.written);

  for (int k = 0; k < count; ++k) declare("y", ir::role::state);
  s.where = kernel::layout(s.model.symbols.size());
  ir::list<ir::assignment> stores;
  for (int k = 0; k < states; ++k) s.where.add_array(k);
  for (int k = 0; k < count; ++k) {
    s.where.add_array(outputs_at + k);
    stores.push_back({outputs_at + k, (simplified ? s.simple : s.written)[k]});
  }
  s.program = kernel::assemble(s.model, s.where, stores);
  return s;
}

/// The value of an expression, and a bound on the error of every evaluation that rounds each
/// operation as promised.
struct bounded {
  long double value = 0, error = 0;
  bool certain = true;  ///< false where rounding decides a comparison or a jump

  long double low() const { return value - error; }
  long double high() const { return value + error; }
};

/// Running error analysis (Higham, "Accuracy and Stability of Numerical Algorithms", section 3.3)
/// of all nodes of a graph. Values are computed with 64 bits of mantissa. The errors of functions
/// are those that `kernel/pack.hpp` promises; sums are bounded by the magnitudes of their operands,
/// which covers the regrouping of literals.
template <class Real>
class error_analysis {
 public:
  template <class Environment>
  error_analysis(ir::graph const& g, int count, Environment const& environment) {
    for (int k = 0; k < count; ++k) {
      ir::node const& n = g[k];
      int const arity = ir::operands(n.code);
      bounded const a = arity > 0 ? at(n.a) : bounded{}, b = arity > 1 ? at(n.b) : bounded{},
                    c = arity > 2 ? at(n.c) : bounded{};
      bounded r;
      if (n.code == op::literal)
        r.value = n.value, r.error = std::abs(static_cast<Real>(n.value) - r.value);
      else if (n.code == op::symbol)
        r.value = environment.symbol(n.which);
      else if (ir::is_random(n.code))
        r.value = environment.draw(n.code, n.which);
      else if (n.code == op::select) {
        r = a.value != 0 ? b : c;
        r.certain = r.certain && a.certain;
      } else if (arity == 1)
        r = unary(n.code, a);
      else
        r = binary(n.code, a, b);
      if (n.code != op::select) r.certain = r.certain && a.certain && b.certain;
      // Reducing strength rounds as often as what is written, or once more for a reciprocal; and
      // what counts is only the order of magnitude.
      r.error *= arity > 0 ? 1.5L : 1;
      if (!std::isfinite(r.value) || !std::isfinite(r.error)) r.certain = false;
      nodes_.push_back(r);
    }
  }
  bounded const& at(int node) const { return nodes_[static_cast<std::size_t>(node)]; }

 private:
  static constexpr long double u = sizeof(Real) == 8 ? 0x1p-53L : 0x1p-24L,
                               tiny = sizeof(Real) == 8 ? 1e-307L : 1e-37L;

  /// An increasing function's worth of change between the ends, doubled because few functions are
  /// monotonic, and `units` of rounding.
  template <class F>
  static bounded through(F f, bounded const& a, long double units) {
    bounded r;
    r.value = f(a.value);
    long double const up = std::abs(f(a.high()) - r.value), down = std::abs(f(a.low()) - r.value);
    r.error = 2 * (up > down ? up : down) + units * u * std::abs(r.value) +
              (a.error > 0 ? a.error * a.error : 0) + tiny;
    return r;
  }
  static bounded truth(bool value, bool certain) { return {value ? 1.0L : 0.0L, 0, certain}; }
  /// Rounding to whole numbers: certain if both ends give the same.
  static bounded jump(long double (*f)(long double), bounded const& a) {
    return {f(a.value), 0, a.certain && f(a.low()) == f(a.high())};
  }

  static bounded unary(op code, bounded const& a) {
    constexpr long double function = 8;  // 3 units in the last place are up to 6 u, and some
    switch (code) {
    case op::negate:
      return {-a.value, a.error};
    case op::abs:
      return {std::abs(a.value), a.error};
    case op::logical_not:
      return truth(a.value == 0, a.error == 0);
    case op::sign:
      return {static_cast<long double>((a.value > 0) - (a.value < 0)), 0,
              a.error == 0 || std::abs(a.value) > a.error};
    case op::ceil:
      return jump(std::ceil, a);
    case op::floor:
      return jump(std::floor, a);
    case op::trunc:
      return jump(std::trunc, a);
    case op::erf:
      return through([](long double x) { return std::erf(x); }, a, function);
    case op::sqrt:
      return through([](long double x) { return std::sqrt(x > 0 ? x : 0); }, a, 2);
    case op::exp:
      return through([](long double x) { return std::exp(x); }, a, function);
    case op::expm1:
      return through([](long double x) { return std::expm1(x); }, a, function);
    case op::exprel:
      return through([](long double x) { return x == 0 ? 1 : std::expm1(x) / x; }, a, function + 2);
    case op::log:
      return through([](long double x) { return std::log(x); }, a, function);
    case op::log10:
      return through([](long double x) { return std::log10(x); }, a, function);
    case op::log1p:
      return through([](long double x) { return std::log1p(x); }, a, function);
    case op::sin:
      return through([](long double x) { return std::sin(x); }, a, function);
    case op::cos:
      return through([](long double x) { return std::cos(x); }, a, function);
    case op::tan:
      return through([](long double x) { return std::tan(x); }, a, function);
    case op::asin:
      return through([](long double x) { return std::asin(x); }, a, function);
    case op::acos:
      return through([](long double x) { return std::acos(x); }, a, function);
    case op::atan:
      return through([](long double x) { return std::atan(x); }, a, function);
    case op::sinh:
      return through([](long double x) { return std::sinh(x); }, a, function);
    case op::cosh:
      return through([](long double x) { return std::cosh(x); }, a, function);
    default:
      return through([](long double x) { return std::tanh(x); }, a, function);
    }
  }

  static bounded binary(op code, bounded const& a, bounded const& b) {
    long double const x = a.value, y = b.value, ex = a.error, ey = b.error,
                      size = std::abs(x) + std::abs(y) + ex + ey;
    auto product = [&](long double r) {
      return std::abs(x) * ey + std::abs(y) * ex + ex * ey + 2 * u * std::abs(r) + tiny;
    };
    bool const apart = (ex == 0 && ey == 0) || std::abs(x - y) > ex + ey;
    switch (code) {
    case op::add:
      return {x + y, ex + ey + 2 * u * size};
    case op::subtract:
      return {x - y, ex + ey + 2 * u * size};
    case op::multiply:
      return {x * y, product(x * y)};
    case op::divide:
      return quotient(a, b);
    case op::power:
      return power(a, b);
    case op::floor_mod: {
      bounded const q = quotient(a, b), whole = jump(std::floor, q);
      long double const r = x - y * whole.value;
      return {r,
              ex + std::abs(whole.value) * ey + 2 * u * (std::abs(y * whole.value) + std::abs(r)) +
                  tiny,
              whole.certain};
    }
    case op::floor_divide:
      return jump(std::floor, quotient(a, b));
    case op::atan2: {
      // Both errors move the point by as much as their sum, seen from the origin.
      long double const r = std::hypot(x, y), angle = std::atan2(x, y);
      return {angle, 2 * (ex + ey) / r + 8 * u * std::abs(angle) + tiny,
              r > 4 * (ex + ey) && (y > ey || std::abs(x) > ex)};
    }
    case op::minimum:
      return {y < x ? y : x, ex > ey ? ex : ey};
    case op::maximum:
      return {y > x ? y : x, ex > ey ? ex : ey};
    case op::less:
      return truth(x < y, apart);
    case op::less_equal:
      return truth(x <= y, apart);
    case op::greater:
      return truth(x > y, apart);
    case op::greater_equal:
      return truth(x >= y, apart);
    case op::equal:
      return truth(x == y, apart);
    case op::not_equal:
      return truth(x != y, apart);
    case op::logical_and:
      return truth(x != 0 && y != 0, ex == 0 && ey == 0);
    default:
      return truth(x != 0 || y != 0, ex == 0 && ey == 0);
    }
  }
  static bounded quotient(bounded const& a, bounded const& b) {
    long double const q = a.value / b.value, room = std::abs(b.value) - b.error;
    return {q, (a.error + std::abs(q) * b.error) / room + 2 * u * std::abs(q) + tiny, room > 0};
  }
  static bounded power(bounded const& a, bounded const& b) {
    long double const r = std::pow(a.value, b.value), size = std::abs(r);
    long double const relative = std::abs(b.value) * a.error / std::abs(a.value) +
                                 std::abs(std::log(std::abs(a.value))) * b.error;
    long double const rounding = 8 * (1 + std::abs(std::log(size))) + 4 * std::abs(b.value);
    return {r, 2 * size * relative + rounding * u * size + tiny, relative < 0.1L};
  }

  std::vector<bounded> nodes_;
};

}  // namespace differential
