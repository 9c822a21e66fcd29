// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/inversion.hpp>
#include <nernst/ir/evaluation.hpp>
#include <nernst/kernel/compiled_model.hpp>
#include <nernst/kernel/distributions.hpp>

#include "real.hpp"
#include <vector>

/// A network as plainly as it can be written: one element after the other, one instruction after
/// the other, one thread. It shares with the engine what a compiled model is, and nothing of what
/// is made of it.
namespace reference {

namespace ir = nernst::ir;
namespace kernel = nernst::kernel;

/// A step, and what random numbers depend on.
struct moment {
  double time = 0;
  std::int64_t step = 0;
  kernel::draw_key key{};
};

/// What the instructions of a kernel ask of the elements that it is executed for.
class memory {
 public:
  memory() = default;
  memory(memory const&) = delete;
  memory& operator=(memory const&) = delete;
  virtual ~memory() = default;

  /// The place of an array of the kernels that belongs to an element.
  virtual Real& place(int array, std::uint32_t element) = 0;
  virtual double scalar(int number) const = 0;
  /// The shared variable with that symbol.
  virtual double& shared(int symbol) = 0;
  virtual Real index(std::uint32_t element) const = 0;
  virtual Real neighbour(int symbol, std::uint32_t element) const = 0;
  virtual bool is_open(std::uint32_t element) const = 0;
  /// The value of a timed array.
  virtual double lookup(int symbol, double time, double column) const = 0;
};

/// Whether packs of any width and single numbers make the same bits of it.
inline bool is_exact(kernel::instruction const& s) {
  bool const is_random = ir::is_random(s.code);
  if (is_random) return s.code == ir::op::uniform || s.table != ir::none;
  if (kernel::is_whole_power(s)) return true;
  return s.code != ir::op::power && s.code != ir::op::atan2 &&
         ir::properties(s.code).cost.functions == 0;
}

/// The number of a distribution that belongs to 64 bits: one after the other is tried.
inline double invert(nernst::engine::inversion const& of, std::uint64_t bits) {
  kernel::inversion_table const table = of.table();
  int k = 0;
  while (k < table.count && bits >= table.thresholds[k]) ++k;
  return table.first + k;
}

namespace detail {

inline Real whole_power(Real x, int n) {
  if (n < 0) return 1 / whole_power(x, -n);
  if (n == 0) return 1;
  if (n == 1) return x;
  if (n % 2 == 1) return whole_power(x, n - 1) * x;
  Real const half = whole_power(x, n / 2);
  return half * half;
}

inline Real operate(ir::op code, Real a, Real b, Real c) {
  bool const p = a != 0, q = b != 0;
  switch (code) {
#define NERNST_ROW(name, ...)                                                                      \
  case ir::op::name:                                                                               \
    return ir::evaluation<ir::op::name>::of(a);
    NERNST_FUNCTIONS(NERNST_ROW)
#undef NERNST_ROW
  case ir::op::negate:
    return -a;
  case ir::op::add:
    return a + b;
  case ir::op::subtract:
    return a - b;
  case ir::op::multiply:
    return a * b;
  case ir::op::divide:
    return a / b;
  case ir::op::power:
    return ir::evaluation<ir::op::power>::of(a, b);
  case ir::op::floor_mod:
    return ir::evaluation<ir::op::floor_mod>::of(a, b);
  case ir::op::floor_divide:
    return ir::evaluation<ir::op::floor_divide>::of(a, b);
  case ir::op::atan2:
    return ir::evaluation<ir::op::atan2>::of(a, b);
  case ir::op::minimum:
    return ir::evaluation<ir::op::minimum>::of(a, b);
  case ir::op::maximum:
    return ir::evaluation<ir::op::maximum>::of(a, b);
  case ir::op::clip:
    return ir::evaluation<ir::op::clip>::of(a, b, c);
  case ir::op::select:
    return p ? b : c;
  case ir::op::less:
    return a < b;
  case ir::op::less_equal:
    return a <= b;
  case ir::op::greater:
    return a > b;
  case ir::op::greater_equal:
    return a >= b;
  case ir::op::equal:
    return a == b;
  case ir::op::not_equal:
    return a != b;
  case ir::op::logical_not:
    return !p;
  case ir::op::logical_and:
    return p && q;
  case ir::op::logical_or:
    return p || q;
  default:
    throw std::logic_error("reference: an operation that it does not know");
  }
}

}  // namespace detail

/// Executes kernels, an instruction at a time. Truth values are 0 and 1.
class interpreter {
 public:
  interpreter(kernel::compiled_model const& model, memory& elements)
      : model_(model), elements_(elements) {}

  /// What the statements of a kernel make of an element, from old values only, and whether it
  /// fires. The element draws random numbers by `number`.
  struct result {
    bool fires = false;
    std::vector<Real> stored;  ///< one for each output
  };
  result evaluate(kernel::scheduled_kernel const& k, std::uint32_t element, std::uint32_t number,
                  moment const& now) const {
    std::vector<Real> const before = values(model_.prologue(k), {}, element, number, now);
    std::vector<Real> step_scalars;
    for (int const s : model_.scalars_of_step(k)) step_scalars.push_back(before[at(s)]);
    std::vector<Real> const all = values(model_.code(k), step_scalars, element, number, now);
    result r;
    r.fires = k.spike != ir::none && all[at(k.spike)] != 0;
    for (kernel::output const& o : model_.stores(k)) r.stored.push_back(all[at(o.value)]);
    return r;
  }

  /// The same, with everything stored.
  bool execute(kernel::scheduled_kernel const& k, std::uint32_t element, std::uint32_t number,
               moment const& now) const {
    result const r = evaluate(k, element, number, now);
    ir::span<kernel::output const> const outputs = model_.stores(k);
    for (int n = 0; n < outputs.size(); ++n) {
      kernel::output const& o = outputs[n];
      if (o.on_spike && !r.fires) continue;
      if (o.to == kernel::origin::shared)
        elements_.shared(o.array) = r.stored[at(n)];
      else
        elements_.place(o.array, element) = r.stored[at(n)];
    }
    return r.fires;
  }

 private:
  static std::size_t at(int n) { return static_cast<std::size_t>(n); }

  std::vector<Real> values(ir::span<kernel::instruction const> code,
                           std::vector<Real> const& step_scalars, std::uint32_t element,
                           std::uint32_t number, moment const& now) const {
    std::vector<Real> x;
    for (kernel::instruction const& s : code) {
      auto const operand = [&x](int n) { return n == ir::none ? Real(0) : x[at(n)]; };
      Real const a = s.from == kernel::origin::computed ? operand(s.a) : 0;
      Real const b = s.from == kernel::origin::computed ? operand(s.b) : 0;
      Real const c = s.from == kernel::origin::computed ? operand(s.c) : 0;
      if (s.from == kernel::origin::draw || ir::is_random(s.code))
        x.push_back(s.table == ir::none ? draw(s, a, b, number, now)
                                        : draw_from_table(s, number, now));
      else if (s.from != kernel::origin::computed)
        x.push_back(read(s, step_scalars, element, now));
      else if (ir::is_lookup(s.code))
        x.push_back(static_cast<Real>(elements_.lookup(s.which, a, b)));
      else if (kernel::is_whole_power(s))
        x.push_back(detail::whole_power(a, static_cast<int>(s.value)));
      else
        x.push_back(detail::operate(s.code, a, b, c));
    }
    return x;
  }
  Real read(kernel::instruction const& s, std::vector<Real> const& step_scalars,
            std::uint32_t element, moment const& now) const {
    switch (s.from) {
    case kernel::origin::literal:
      return static_cast<Real>(s.value);
    case kernel::origin::array:
    case kernel::origin::linked:
      return elements_.place(s.a, element);
    case kernel::origin::scalar:
      return static_cast<Real>(elements_.scalar(s.a));
    case kernel::origin::step_scalar:
      return step_scalars[at(s.a)];
    case kernel::origin::shared:
      return static_cast<Real>(elements_.shared(s.a));
    case kernel::origin::scale:
      return 1;
    case kernel::origin::time:
      return static_cast<Real>(now.time);
    case kernel::origin::step:
      return static_cast<Real>(now.step);
    case kernel::origin::index:
      return elements_.index(element);
    case kernel::origin::open:
      return elements_.is_open(element);
    case kernel::origin::neighbour:
      return elements_.neighbour(s.a, element);
    default:
      throw std::logic_error("reference: a value that it does not know");
    }
  }
  /// Parameters that stay the same during a run: the bits of a uniform number decide.
  Real draw_from_table(kernel::instruction const& s, std::uint32_t number,
                       moment const& now) const {
    using nernst::engine::inversion;
    kernel::distribution const& of = model_.distributions[s.table];
    double const first = elements_.scalar(of.a);
    kernel::philox_block const word =
        kernel::draw_bits(now.key, number, static_cast<std::uint32_t>(s.which));
    return static_cast<Real>(invert(s.code == ir::op::poisson
                                        ? inversion::poisson(first)
                                        : inversion::binomial(first, elements_.scalar(of.b)),
                                    (std::uint64_t{word.v[1]} << 32) | word.v[0]));
  }
  static Real draw(kernel::instruction const& s, Real a, Real b, std::uint32_t number,
                   moment const& now) {
    auto const which = static_cast<std::uint32_t>(s.which);
    switch (s.code) {
    case ir::op::uniform:
      return kernel::uniform<Real>(now.key, number, which);
    case ir::op::normal:
      return kernel::normal<Real>(now.key, number, which);
    case ir::op::poisson:
    case ir::op::poisson_2:
      return static_cast<Real>(kernel::poisson(now.key, number, which, a));
    default:
      return static_cast<Real>(kernel::binomial(now.key, number, which, a, b));
    }
  }

  kernel::compiled_model const& model_;
  memory& elements_;
};

}  // namespace reference
