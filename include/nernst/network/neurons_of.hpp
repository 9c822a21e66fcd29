// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/integrate/matrix_exponential.hpp>
#include <nernst/network/for_each.hpp>
#include <nernst/network/neurons.hpp>

#include <algorithm>
#include <bit>

namespace nernst {

namespace detail {
/// exp(A dt), once for the population or for each of its elements.
template <class Space, class Real>
void propagate(kernel::propagator const& of, std::span<kernel::variable const> variables, double dt,
               std::size_t size, std::vector<Real*> const& array, std::vector<double>& value) {
  constexpr std::size_t share = 256;
  std::size_t const elements = of.per_element ? size : 1;
  std::vector<ir::node> const program = bind(of.matrix.program, variables);
  for_each<Space>("nernst::propagate", static_cast<std::int64_t>((elements + share - 1) / share),
                  [&](std::int64_t k) {
                    ir::interpreter<element_environment<Real>> entries(program, of.matrix.results);
                    std::vector<double> a(of.matrix.results.size());
                    element_environment<Real> here{&array, &value};
                    std::size_t const begin = static_cast<std::size_t>(k) * share,
                                      end = std::min(begin + share, elements);
                    for (here.element = begin; here.element < end; ++here.element) {
                      entries(here, a);
                      for (double& x : a) x *= dt;
                      std::vector<double> const p = integrate::matrix_exponential(a, of.order);
                      for (std::size_t c = 0; c < p.size(); ++c) {
                        if (of.coefficient[c] == ir::none) continue;
                        auto const s = static_cast<std::size_t>(of.coefficient[c]);
                        if (of.per_element)
                          array[s][here.element] = static_cast<Real>(p[c]);
                        else
                          value[s] = p[c];
                      }
                    }
                  });
}
}  // namespace detail

/// The neurons of one model, with compiled kernels.
template <class Model, class Space, class Real>
class neurons_of final : public neurons<Real> {
  using code = kernel::neuron_code<Model>;
  using view = Kokkos::View<Real*, typename Space::memory_space>;

 public:
  neurons_of(std::string name, std::uint32_t size, int partitions, std::uint32_t object)
      : neurons<Real>(std::move(name), code::facts, size, partitions, object),
        views_(static_cast<std::size_t>(code::arrays)),
        links_(static_cast<std::size_t>(code::arrays)) {
    std::size_t const padded =
        (size + kernel::pack_width<Real> - 1) / kernel::pack_width<Real> * kernel::pack_width<Real>;
    for (std::size_t s = 0; s < this->array_.size(); ++s) {
      kernel::variable const& variable = code::facts.variables[s];
      if (variable.array == ir::none || variable.symbol.kind == ir::role::linked) continue;
      auto const k = static_cast<std::size_t>(variable.array);
      std::string const label =
          "nernst::" + this->name() + "::" + std::string(variable.symbol.id.view());
      views_[k] = view(Kokkos::view_alloc(label, Kokkos::WithoutInitializing), padded);
      this->array_[s] = array_of_[k] = views_[k].data();
    }
    // Each partition is written first by the thread that will own it.
    detail::for_each<Space>("nernst::population::clear", partitions, [&](std::int64_t p) {
      std::size_t const begin = this->bounds()[static_cast<std::size_t>(p)];
      std::size_t const end =
          p + 1 == partitions ? padded : this->bounds()[static_cast<std::size_t>(p) + 1];
      for (std::size_t k = 0; k < views_.size(); ++k)
        if (views_[k].data() != nullptr)
          std::fill(views_[k].data() + begin, views_[k].data() + end, initial(static_cast<int>(k)));
    });
  }

  void prepare(double dt) override {
    this->prepare_surroundings(dt);
    if constexpr (has_tables) require_held(dt);
    for (std::size_t s = 0; s < this->value_.size(); ++s) {
      kernel::variable const& variable = code::facts.variables[s];
      if (variable.symbol.kind != ir::role::linked || variable.array == ir::none) continue;
      auto const k = static_cast<std::size_t>(variable.array);
      array_of_[k] = this->array_[s];
      links_[k] = neurons<Real>::links_[s];
    }
    for (auto const& p : code::facts.propagators)
      detail::propagate<Space>(p, code::facts.variables, dt, this->size(), this->array_,
                               this->value_);
    std::vector<double> const scalar = detail::once(code::facts.scalars, this->environment(0, 0));
    for (std::size_t k = 0; k < scalar.size(); ++k) scalar_[k] = static_cast<Real>(scalar[k]);
    if constexpr (code::facts.refractory_steps != ir::none) {
      double const steps = scalar[code::facts.refractory_steps];
      closed_steps_ = static_cast<std::int64_t>(steps < 1 ? 1 : steps < 0x1p53 ? steps : 0x1p53);
    }
  }

  void start(std::int64_t step, std::size_t count) override {
    for (std::size_t p = 0; p < this->logs().size(); ++p) {
      this->logs()[p].start(step, static_cast<std::size_t>(this->longest_delay) + 1, count,
                            this->size(p));
      for (int e = 0; e < event_count; ++e)
        this->events(e)[p].start(step, 1, count + 1, this->size(p));
    }
    // Single precision counts steps exactly up to 2^24 only: count from a later one in good time.
    if constexpr (sizeof(Real) < 8 && code::facts.last_spike != ir::none) {
      if (step - this->first_step_ < (std::int64_t{1} << 22)) return;
      Real* const last = array_of_[code::facts.last_spike];
      for (std::uint32_t n = 0; n < this->size(); ++n)
        last[n] -= static_cast<Real>(step - this->first_step_);
      this->first_step_ = step;
    }
  }

  void update(std::size_t partition, kernel::moment const& now) override {
    if (this->reset_waits)
      update<kernel::update>(partition, now);
    else
      update<kernel::update_and_reset>(partition, now);
  }

  void reset(std::size_t partition, kernel::moment const& now) override {
    if (!this->reset_waits) return;
    auto const f = functor<kernel::reset>(now);
    for (std::uint32_t const neuron : this->logs()[partition].spikes(now.step)) f(neuron);
  }

  void extra(int k, std::size_t partition, kernel::moment const& now) override {
    if constexpr (code::extras > 0) extra_numbered<0>(k, partition, now);
  }

  bool is_open(std::uint32_t neuron, std::int64_t step) const override {
    if constexpr (code::facts.flag != ir::none)
      return array_of_[code::facts.flag][neuron] != 0;
    else if constexpr (code::facts.last_spike != ir::none)
      return static_cast<double>(step - this->first_step_) -
                 static_cast<double>(array_of_[code::facts.last_spike][neuron]) >=
             static_cast<double>(closed_steps_);
    else
      return true;
  }

  std::int64_t last_spike(std::uint32_t neuron) const override {
    if constexpr (code::facts.last_spike != ir::none) {
      Real const last = array_of_[code::facts.last_spike][neuron];
      return last < never / 2 ? -1 : static_cast<std::int64_t>(last) + this->first_step_;
    }
    throw std::logic_error(this->name() +
                           ": expected a model that reads lastspike or has a refractory time");
  }

  std::size_t memory_bytes() const override {
    std::size_t bytes = 0;
    for (auto const& v : views_) bytes += v.span() * sizeof(Real);
    for (auto const& log : this->logs()) bytes += log.memory_bytes();
    for (int e = 0; e < event_count; ++e)
      for (auto const& log : this->events(e)) bytes += log.memory_bytes();
    return bytes;
  }

 private:
  static constexpr bool has_tables = [] {
    for (auto const& v : code::facts.variables)
      if (v.symbol.kind == ir::role::table) return true;
    return false;
  }();

  /// The exact method takes a timed array as constant over a step, which it must be.
  void require_held(double dt) const {
    static std::vector<int> const held = [] {
      kernel::neuron_derivation const d = code::derive();
      std::vector<int> tables;
      for (auto const& group : d.method.groups)
        for (int const e : group.equations) {
          if (group.method != ir::method_id::exact) continue;
          for (int const i : ir::schedule(
                   d.model.nodes,
                   std::span<int const>(&d.model.equations[static_cast<std::size_t>(e)].rhs, 1)))
            if (ir::is_lookup(d.model.nodes[i].code)) tables.push_back(d.model.nodes[i].tag);
        }
      return tables;
    }();
    for (int const table : held)
      if (!this->is_constant_over_steps(table, dt))
        throw std::invalid_argument(
            this->name() + "[" +
            std::string(code::facts.variables[static_cast<std::size_t>(table)].symbol.id.view()) +
            "]: expected values with a step that is a multiple of dt = " +
            detail::seconds_text(dt) + ", which the exact method relies on");
  }

  static constexpr int event_count = static_cast<int>(code::facts.events.size());
  static constexpr Real never = Real(-1e9);

  /// Before its first spike a neuron is not refractory, however long that lasts; everything else
  /// starts at 0.
  static constexpr Real initial(int array) {
    return array == code::facts.last_spike ? never
           : array == last_time            ? Real(-1e4)
           : array == code::facts.flag     ? Real(1)
                                           : Real(0);
  }
  /// The array of `lastspike`, where a model reads it.
  static constexpr int last_time = [] {
    int const s = code::facts.find("_last_spike_time");
    return s == ir::none ? -2 : code::facts.variables[static_cast<std::size_t>(s)].array;
  }();

  template <int Block>
  kernel::functor<Model, Block, Real> functor(kernel::moment const& now) {
    kernel::functor<Model, Block, Real> f;
    std::copy_n(array_of_, code::arrays, f.array);
    std::copy_n(scalar_, code::scalars, f.scalar);
    f.now = now;
    f.now.step -= this->first_step_;
    f.around = {this->value_.data(), links_.data(), this->tables_.data()};
    return f;
  }

  template <int Block>
  void update(std::size_t partition, kernel::moment const& now) {
    auto const f = functor<Block>(now);
    // Every other step sweeps backwards: what was touched last is still in the cache.
    bool const backwards = (f.now.step & 1) != 0;
    if constexpr (code::facts.threshold_apart)
      f(this->bounds()[partition], this->bounds()[partition + 1], backwards,
        [](std::size_t, std::uint64_t) {});
    else
      find(f, this->logs()[partition], partition, backwards);
  }

  /// Enters the elements for which the condition of a kernel holds into a log, ascending.
  template <class Functor>
  void find(Functor const& f, spike_log& log, std::size_t partition, bool backwards) {
    std::uint32_t* const first = log.next();
    std::uint32_t* next = first;
    f(this->bounds()[partition], this->bounds()[partition + 1], backwards,
      [&next, backwards](std::size_t at, std::uint64_t firing) {
        std::uint32_t* const pack = next;
        for (; firing != 0; firing &= firing - 1)
          *next++ =
              static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(firing));
        if (backwards) std::reverse(pack, next);
      });
    if (backwards) std::reverse(first, next);
    log.commit(static_cast<std::size_t>(next - first));
  }

  template <int K>
  void extra_numbered(int k, std::size_t partition, kernel::moment const& now) {
    if (k == K) return extra<K>(partition, now);
    if constexpr (K + 1 < code::extras) extra_numbered<K + 1>(k, partition, now);
  }

  template <int K>
  void extra(std::size_t partition, kernel::moment const& now) {
    constexpr kernel::extra what = code::facts.extras[K];
    auto const f = functor<kernel::first_extra + K>(now);
    std::uint32_t const begin = this->bounds()[partition], end = this->bounds()[partition + 1];
    if constexpr (what.for_all)
      f.once();
    else if constexpr (what.what == kernel::purpose::threshold)
      find(f, this->logs()[partition], partition, false);
    else if constexpr (what.what == kernel::purpose::check)
      find(f, this->events(what.which)[partition], partition, false);
    else if constexpr (what.what == kernel::purpose::act)
      for (std::uint32_t const neuron : this->events(what.which)[partition].latest()) f(neuron);
    else if constexpr (what.links)
      for (std::uint32_t neuron = begin; neuron < end; ++neuron) f(neuron);
    else
      f(begin, end, false, [](std::size_t, std::uint64_t) {});
  }

  std::vector<view> views_;
  std::vector<kernel::link> links_;  ///< by array
  Real* array_of_[code::arrays > 0 ? code::arrays : 1] = {};
  Real scalar_[code::scalars > 0 ? code::scalars : 1] = {};
  std::int64_t closed_steps_ = 1;
};

}  // namespace nernst
