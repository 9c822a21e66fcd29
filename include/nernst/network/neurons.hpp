// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/matrix_exponential.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/kernel/functor.hpp>
#include <nernst/network/for_each.hpp>
#include <nernst/network/spike_log.hpp>

#include <Kokkos_Core.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace nernst {

namespace detail {
/// The values that an interpreter sees of one element.
template <class Real>
struct element_environment {
  std::vector<Real*> const* array;   ///< by symbol; null where there is none
  std::vector<double> const* value;  ///< by symbol, where there is no array
  int index = ir::none;              ///< the symbol that stands for the number of the element
  std::size_t element = 0;
  std::size_t first = 0;
  kernel::draw_key key{};

  double symbol(int s) const {
    auto const k = static_cast<std::size_t>(s);
    if (Real const* const a = (*array)[k]) return static_cast<double>(a[element]);
    return s == index ? static_cast<double>(element - first) : (*value)[k];
  }
  double draw(ir::op code, int number) const {
    auto const e = static_cast<std::uint32_t>(element);
    auto const n = static_cast<std::uint32_t>(number);
    return code == ir::op::uniform ? kernel::uniform<double>(key, e, n) : kernel::normal<double>(key, e, n);
  }
};

/// The values of expressions that are the same for all elements.
template <class Real>
std::vector<double> once(kernel::expressions const& e, std::vector<Real*> const& array, std::vector<double> const& value) {
  std::vector<double> result(e.results.size());
  ir::interpreter<element_environment<Real>>(e.program, e.results)({&array, &value}, result);
  return result;
}

/// exp(A dt), once for the population or for each of its elements.
template <class Space, class Real>
void propagate(kernel::propagator const& of, double dt, std::size_t size, std::vector<Real*> const& array, std::vector<double>& value) {
  constexpr std::size_t share = 256;
  std::size_t const elements = of.per_element ? size : 1;
  for_each<Space>("nernst::propagate", static_cast<std::int64_t>((elements + share - 1) / share), [&](std::int64_t k) {
    ir::interpreter<element_environment<Real>> entries(of.matrix.program, of.matrix.results);
    std::vector<double> a(of.matrix.results.size());
    std::size_t const begin = static_cast<std::size_t>(k) * share, end = std::min(begin + share, elements);
    for (std::size_t e = begin; e < end; ++e) {
      entries({&array, &value, ir::none, e}, a);
      for (double& x : a) x *= dt;
      std::vector<double> const p = integrate::matrix_exponential(a, of.order);
      for (std::size_t c = 0; c < p.size(); ++c) {
        if (of.coefficient[c] == ir::none) continue;
        auto const s = static_cast<std::size_t>(of.coefficient[c]);
        if (of.per_element)
          array[s][e] = static_cast<Real>(p[c]);
        else
          value[s] = p[c];
      }
    }
  });
}
}  // namespace detail

/// The neurons of a population as the rest of a network sees them: arrays with one value per neuron, spikes, and two things that can be
/// done to a partition in a step. Partition p owns the neurons [bounds[p], bounds[p + 1]); only its thread touches them.
template <class Real>
class neurons {
 public:
  neurons(std::string name, kernel::facts const& known, std::uint32_t size, int partitions, std::uint32_t object)
      : facts_(known), name_(std::move(name)), size_(size), object_(object), logs_(static_cast<std::size_t>(partitions)) {
    // Two cache lines of doubles: no two partitions share one.
    constexpr std::uint64_t grain = 16;
    std::uint64_t const grains = (std::uint64_t{size} + grain - 1) / grain;
    for (int p = 0; p <= partitions; ++p) {
      std::uint64_t const b = grains * static_cast<std::uint64_t>(p) / static_cast<std::uint64_t>(partitions) * grain;
      bounds_.push_back(static_cast<std::uint32_t>(b < size ? b : size));
    }
    value_.assign(known.variables.size(), 0);
    array_.assign(known.variables.size(), nullptr);
  }
  virtual ~neurons() = default;
  neurons(neurons const&) = delete;
  neurons& operator=(neurons const&) = delete;

  /// Computes what stays the same during a run: scalars and propagators.
  virtual void prepare(double dt) = 0;
  /// Called before the steps from `step` on.
  virtual void start(std::int64_t step) = 0;
  /// State update, threshold and (where nobody can tell the difference) reset of a partition.
  virtual void update(std::size_t partition, kernel::moment const& now) = 0;
  /// The reset of those that fired in this step, where it has to wait for the deliveries.
  virtual void reset(std::size_t partition, kernel::moment const& now) = 0;
  /// Whether a synapse may change a variable that stands still while the neuron is refractory.
  virtual bool is_open(std::uint32_t neuron, std::int64_t step) const = 0;
  virtual std::size_t memory_bytes() const = 0;

  kernel::facts const& facts() const { return facts_; }
  std::string const& name() const { return name_; }
  std::uint32_t size() const { return size_; }
  std::uint32_t object() const { return object_; }
  std::vector<std::uint32_t> const& bounds() const { return bounds_; }
  std::uint32_t size(std::size_t partition) const { return bounds_[partition + 1] - bounds_[partition]; }
  std::vector<spike_log>& logs() { return logs_; }
  std::vector<spike_log> const& logs() const { return logs_; }

  /// By symbol of the model: the array of a variable (null if it has none), and the value of a shared one.
  std::vector<Real*> const& arrays() const { return array_; }
  Real* array(std::string_view id) const {
    int const s = facts_.find(id);
    return s == ir::none ? nullptr : array_[static_cast<std::size_t>(s)];
  }
  std::vector<double>& values() { return value_; }
  std::vector<double> const& values() const { return value_; }

  bool reset_waits = false;
  /// The longest delay of the projections that start here, in steps.
  std::int64_t longest_delay = 0;

 protected:
  kernel::facts const& facts_;
  std::vector<Real*> array_;
  std::vector<double> value_;

 private:
  std::string name_;
  std::uint32_t size_, object_;
  std::vector<std::uint32_t> bounds_;
  std::vector<spike_log> logs_;
};

/// The neurons of one model, with compiled kernels.
template <class Model, class Space, class Real>
class neurons_of final : public neurons<Real> {
  using code = kernel::neuron_code<Model>;
  using view = Kokkos::View<Real*, typename Space::memory_space>;

 public:
  neurons_of(std::string name, std::uint32_t size, int partitions, std::uint32_t object)
      : neurons<Real>(std::move(name), code::facts, size, partitions, object), views_(static_cast<std::size_t>(code::arrays)) {
    std::size_t const padded = (size + kernel::pack_width<Real> - 1) / kernel::pack_width<Real> * kernel::pack_width<Real>;
    for (std::size_t s = 0; s < this->array_.size(); ++s) {
      kernel::variable const& variable = code::facts.variables[s];
      if (variable.array == ir::none) continue;
      auto const k = static_cast<std::size_t>(variable.array);
      std::string const label = "nernst::" + this->name() + "::" + std::string(variable.symbol.id.view());
      views_[k] = view(Kokkos::view_alloc(label, Kokkos::WithoutInitializing), padded);
      this->array_[s] = update_.array[k] = fused_.array[k] = reset_.array[k] = views_[k].data();
    }
    // Each partition is written first by the thread that will own it.
    detail::for_each<Space>("nernst::population::clear", partitions, [&](std::int64_t p) {
      std::size_t const begin = this->bounds()[static_cast<std::size_t>(p)];
      std::size_t const end = p + 1 == partitions ? padded : this->bounds()[static_cast<std::size_t>(p) + 1];
      for (std::size_t k = 0; k < views_.size(); ++k)
        std::fill(views_[k].data() + begin, views_[k].data() + end, initial(static_cast<int>(k)));
    });
  }

  void prepare(double dt) override {
    for (std::size_t s = 0; s < this->value_.size(); ++s)
      if (code::facts.variables[s].symbol.kind == ir::role::time_step) this->value_[s] = dt;
    for (auto const& p : code::facts.propagators) detail::propagate<Space>(p, dt, this->size(), this->array_, this->value_);
    std::vector<double> const scalar = detail::once(code::facts.scalars, this->array_, this->value_);
    for (std::size_t k = 0; k < scalar.size(); ++k) update_.scalar[k] = fused_.scalar[k] = reset_.scalar[k] = static_cast<Real>(scalar[k]);
    if constexpr (code::facts.refractory_steps != ir::none) {
      double const steps = scalar[code::facts.refractory_steps];
      closed_steps_ = static_cast<std::int64_t>(steps < 1 ? 1 : steps < 0x1p53 ? steps : 0x1p53);
    }
  }

  void start(std::int64_t step) override {
    // Single precision counts steps exactly up to 2^24 only: count from a later one in good time.
    if constexpr (sizeof(Real) < 8 && code::facts.last_spike != ir::none) {
      if (step - first_step_ < (std::int64_t{1} << 22)) return;
      Real* const last = views_[code::facts.last_spike].data();
      for (std::uint32_t n = 0; n < this->size(); ++n) last[n] -= static_cast<Real>(step - first_step_);
      first_step_ = step;
    }
  }

  void update(std::size_t partition, kernel::moment const& now) override {
    this->reset_waits ? run(update_, partition, now) : run(fused_, partition, now);
  }

  void reset(std::size_t partition, kernel::moment const& now) override {
    if (!this->reset_waits) return;
    auto f = reset_;
    f.now = from_first_step(now);
    for (std::uint32_t const neuron : this->logs()[partition].spikes(now.step)) f(neuron);
  }

  bool is_open(std::uint32_t neuron, std::int64_t step) const override {
    if constexpr (code::facts.flag != ir::none)
      return views_[code::facts.flag].data()[neuron] != 0;
    else if constexpr (code::facts.last_spike != ir::none)
      return static_cast<double>(step - first_step_) - static_cast<double>(views_[code::facts.last_spike].data()[neuron]) >=
             static_cast<double>(closed_steps_);
    else
      return true;
  }

  std::size_t memory_bytes() const override {
    std::size_t bytes = 0;
    for (auto const& v : views_) bytes += v.span() * sizeof(Real);
    for (auto const& log : this->logs()) bytes += log.memory_bytes();
    return bytes;
  }

 private:
  /// Before its first spike a neuron is not refractory, however long that lasts; everything else starts at 0.
  static constexpr Real initial(int array) {
    return array == code::facts.last_spike ? Real(-1e9) : array == code::facts.flag ? Real(1) : Real(0);
  }

  kernel::moment from_first_step(kernel::moment now) const {
    now.step -= first_step_;
    return now;
  }

  template <class Functor>
  void run(Functor f, std::size_t partition, kernel::moment const& now) {
    f.now = from_first_step(now);
    spike_log& log = this->logs()[partition];
    std::uint32_t* const first = log.next();
    std::uint32_t* next = first;
    // Every other step sweeps backwards: what was touched last is still in the cache.
    bool const backwards = (now.step & 1) != 0;
    f(this->bounds()[partition], this->bounds()[partition + 1], backwards, [&next, backwards](std::size_t at, std::uint64_t firing) {
      std::uint32_t* const pack = next;
      for (; firing != 0; firing &= firing - 1)
        *next++ = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(firing));
      if (backwards) std::reverse(pack, next);
    });
    if (backwards) std::reverse(first, next);
    log.commit(static_cast<std::size_t>(next - first));
  }

  std::vector<view> views_;
  kernel::functor<Model, kernel::update, Real> update_;
  kernel::functor<Model, kernel::update_and_reset, Real> fused_;
  kernel::functor<Model, kernel::reset, Real> reset_;
  std::int64_t closed_steps_ = 1;
  std::int64_t first_step_ = 0;  ///< the step that kernels count from
};

}  // namespace nernst
