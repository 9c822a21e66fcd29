// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/system.hpp>
#include <nernst/ir/linear.hpp>

namespace nernst::integrate {

/// x after a step of dx/dt = slope x + offset with both held at their values at the start of the
/// step; `rhs` is slope x + offset.
constexpr int exponential_step(ir::graph& g, int x, int rhs, ir::affine const& in, int dt) {
  if (g.is_literal(in.slope, 0)) return g.add(x, g.multiply(dt, rhs));
  int const exponent = g.multiply(in.slope, dt);
  if (g.is_literal(in.offset, 0)) return g.multiply(x, g.make(ir::op::exp, exponent));
  return g.add(x, g.multiply(g.multiply(dt, rhs), g.make(ir::op::exprel, exponent)));
}

namespace detail {

/// Writes each of many expressions as slope x + offset in a variable of its own. Functions of x,
/// such as exp(x), count as coefficients. Only what an expression consists of is visited.
class own_affine_forms {
 public:
  constexpr explicit own_affine_forms(ir::graph& g)
      : g_(g), make_(g), size_(g.size()), seen_((size_ + 63) / 64), degree_(size_), stack_(size_),
        order_(size_), forms_(size_) {}
  constexpr ~own_affine_forms() = default;  // without it nvcc takes the class for no literal type

  /// Whether `root` is affine in the variable whose node is `x`: free of it, or with a term that is
  /// linear in it.
  constexpr bool is_affine(int root, int x) {
    visit(root, x);
    bool const yes = degree_[root] <= linear;
    forget(x);
    return yes;
  }

  /// The form of an expression that is affine in `x`.
  constexpr ir::affine of(int root, int x) {
    visit(root, x);
    forms_[x] = {g_.literal(1), ir::none};
    for (int k = 0; k < count_; ++k) make(order_[k]);
    form const f = form_of(root);
    forget(x);
    return {true, f.slope == ir::none ? g_.literal(0) : f.slope,
            f.offset == ir::none ? g_.literal(0) : f.offset};
  }

 private:
  struct form {
    int slope, offset;  // `none` where structurally zero
  };
  /// `held` is free of x but for the arguments of functions.
  enum : char { free, linear, not_linear, held };

  constexpr void visit(int root, int x) {
    ir::node const* const nodes = g_.data();
    std::uint64_t* const seen = seen_.data();
    int* const stack = stack_.data();
    int top = 0, low = seen_.size(), high = -1;
    auto const need = [&](int i) {
      int const block = i >> 6;
      std::uint64_t const bit = std::uint64_t{1} << (i & 63);
      if (nodes[i].code < ir::op::negate || (seen[block] & bit) != 0) return;
      seen[block] |= bit;
      stack[top++] = i;
      if (block < low) low = block;
      if (block > high) high = block;
    };
    need(root);
    while (top > 0) {
      ir::node const& n = nodes[stack[--top]];
      need(n.a);
      if (n.code >= ir::op::add) need(n.b);
      if (n.code >= ir::op::select) need(n.c);
    }
    char* const degree = degree_.data();
    int* const order = order_.data();
    degree[x] = linear;
    count_ = 0;
    for (int block = low; block <= high; ++block) {
      for (std::uint64_t rest = seen[block]; rest != 0; rest &= rest - 1) {
        int const i = 64 * block + std::countr_zero(rest);
        degree[i] = degree_of(nodes[i], degree);
        if (degree[i] != free) order[count_++] = i;
      }
      seen[block] = 0;
    }
  }
  constexpr void forget(int x) {
    degree_[x] = free;
    for (int k = 0; k < count_; ++k) degree_[order_[k]] = free;
  }

  static constexpr bool is_coefficient(char degree) { return degree == free || degree == held; }
  static constexpr char degree_of(ir::node const& n, char const* degree) {
    char const a = degree[n.a], b = n.code >= ir::op::add ? degree[n.b] : char{free},
               c = n.code >= ir::op::select ? degree[n.c] : char{free};
    if ((a | b | c) == free) return free;
    switch (n.code) {
    case ir::op::negate:
      return a;
    case ir::op::add:
    case ir::op::subtract:
      return sum_of(a, b);
    case ir::op::multiply:
      return is_coefficient(a) && is_coefficient(b) ? char{held}
             : is_coefficient(a)                    ? b
             : is_coefficient(b)                    ? a
                                                    : char{not_linear};
    case ir::op::divide:
      return !is_coefficient(b) ? char{not_linear} : a == free ? char{held} : a;
    case ir::op::power:
      return is_coefficient(a) && is_coefficient(b) ? char{held} : char{not_linear};
    case ir::op::select:
      return !is_coefficient(a)     ? char{not_linear}
             : sum_of(b, c) == free ? char{held}
                                    : sum_of(b, c);
    default:
      return held;
    }
  }
  static constexpr char sum_of(char a, char b) {
    if (a == not_linear || b == not_linear) return not_linear;
    if (a == linear || b == linear) return linear;
    return a == free ? b : a;
  }

  constexpr form form_of(int i) const {
    return is_coefficient(degree_[i]) ? form{ir::none, i} : forms_[i];
  }
  constexpr int kept(int node) const {
    return node == ir::none || g_.is_literal(node, 0) ? ir::none : node;
  }

  constexpr void make(int i) {
    if (degree_[i] != linear) return;
    ir::node const n = g_[i];
    form const a = form_of(n.a);
    switch (n.code) {
    case ir::op::add:
    case ir::op::subtract: {
      form const b = form_of(n.b);
      forms_[i] = {kept(sum(n.code, a.slope, b.slope)), kept(sum(n.code, a.offset, b.offset))};
      break;
    }
    case ir::op::select: {
      form const b = form_of(n.b), c = form_of(n.c);
      forms_[i] = {kept(choice(n.a, b.slope, c.slope)), kept(choice(n.a, b.offset, c.offset))};
      break;
    }
    case ir::op::multiply: {
      form const b = form_of(n.b);
      bool const first = is_coefficient(degree_[n.a]);
      int const factor = first ? n.a : n.b;
      form const& x = first ? b : a;
      forms_[i] = {kept(changed(n, factor, x.slope)), kept(changed(n, factor, x.offset))};
      break;
    }
    default:
      forms_[i] = {kept(changed(n, n.b, a.slope)), kept(changed(n, n.b, a.offset))};
      break;
    }
  }
  constexpr int sum(ir::op code, int a, int b) {
    if (b == ir::none) return a;
    if (a == ir::none) return code == ir::op::add ? b : make_.negate(b);
    return code == ir::op::add ? make_.add(a, b) : make_.subtract(a, b);
  }
  constexpr int choice(int condition, int a, int b) {
    if (a == ir::none && b == ir::none) return ir::none;
    return make_.select(condition, a == ir::none ? make_.zero() : a,
                        b == ir::none ? make_.zero() : b);
  }
  constexpr int changed(ir::node const& n, int factor, int x) {
    if (x == ir::none) return x;
    return n.code == ir::op::multiply ? make_.multiply(x, factor)
           : n.code == ir::op::divide ? make_.divide(x, factor)
                                      : make_.negate(x);
  }

  ir::graph& g_;
  ir::simplifier make_;
  int size_;
  ir::buffer<std::uint64_t> seen_;
  ir::buffer<char> degree_;
  ir::buffer<int> stack_, order_;
  int count_ = 0;
  ir::buffer<form> forms_;
};

}  // namespace detail

/// The exponential Euler method (Rush and Larsen 1978), of order 1: each equation is solved exactly
/// with all other states held at the start of the step, and with them what functions make of the
/// state itself (as Brian 2 does): A and B may depend on exp(v).
///
/// In dv/dt = A v + B it sets v to v + dt (A v + B) exprel(A dt), which is the same as the usual (v
/// + B/A) exp(A dt) - B/A but also holds where A becomes zero; to v exp(A dt) where B is
/// structurally zero and to v + dt B where A is.
struct exponential_euler {
  static constexpr std::string_view name = "exponential_euler";
  static constexpr std::string_view wants = "dx/dt linear in x itself";
  static constexpr ir::method_id id = ir::method_id::exponential_euler;

  static constexpr verdict accepts(system& f) {
    verdict v = deterministic(f);
    if (!v.ok) return v;
    detail::own_affine_forms forms(f.model().nodes);
    for (int i = 0; i < f.size(); ++i) {
      if (forms.is_affine(f.equation(i).rhs, f.state().nodes[i])) continue;
      int const e = f.equations()[static_cast<std::size_t>(i)];
      v = {false, about(f.model(), e, " is not linear in "), e};
      v.reason += f.model().at(f.equation(i).symbol).id;
      return v;
    }
    v.reason = "each equation is linear in its own variable";
    return v;
  }
  static constexpr plan advance(system& f) {
    ir::model& m = f.model();
    detail::own_affine_forms forms(m.nodes);
    stage next = f.state();
    for (int i = 0; i < f.size(); ++i) {
      auto const& e = f.equation(i);
      int& x = next.nodes[i];
      int const moved = exponential_step(m.nodes, x, e.rhs, forms.of(e.rhs, x), f.dt().node);
      x = e.unless_refractory ? m.nodes.select(m.not_refractory(), moved, x) : moved;
    }
    return next;
  }
};

}  // namespace nernst::integrate
