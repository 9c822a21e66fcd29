// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/code.hpp>
#include <nernst/kernel/distributions.hpp>
#include <nernst/kernel/evaluate.hpp>
#include <nernst/kernel/substep.hpp>
#include <nernst/kernel/timed_table.hpp>

namespace nernst::kernel {

/// The time of a step, and what random numbers depend on.
struct moment {
  double time = 0;
  std::int64_t step = 0;
  draw_key key{};
};

/// Where a linked variable finds the element of the other population: `index` has the number for
/// each element here, or is null where the numbers are equal. `value`, if not null, is one value
/// for all.
struct link {
  std::int32_t const* index = nullptr;
  double const* value = nullptr;
};

/// What kernels read beside the arrays and scalars of most models; may stay empty.
struct surroundings {
  double* values = nullptr;             ///< by symbol: shared variables
  link const* links = nullptr;          ///< by array
  timed_table const* tables = nullptr;  ///< by symbol
};

/// The one shape of a neuron kernel: `Block` of `Model` over arrays with one value per element. It
/// is copied to where it runs and holds pointers and scalars only.
template <class Model, int Block, class Real>
struct functor {
  using code = typename neuron_code<Model>::template block<Block>;
  using size = size_of<code>;
  static constexpr int arrays = neuron_code<Model>::arrays > 0 ? neuron_code<Model>::arrays : 1;
  static constexpr int scalars = neuron_code<Model>::scalars > 0 ? neuron_code<Model>::scalars : 1;
  static constexpr int step_scalars = size::step_scalars > 0 ? size::step_scalars : 1;
  /// How many states are advanced by substeps in this kernel, and the kernel that tries one.
  static constexpr int advanced =
      Block == update || Block == update_and_reset ? neuron_code<Model>::advanced : 0;
  using attempt = typename neuron_code<Model>::template block<
      advanced == 0 ? Block : neuron_code<Model>::substeps.kernel>;
  static constexpr int substep_scalars = advanced > 0 ? size_of<attempt>::step_scalars + 1 : 1;
  /// The element for which one value for all is drawn.
  static constexpr std::size_t nobody = 0xFFFFFFFF;

  Real* array[arrays] = {};
  Real scalar[scalars] = {};
  moment now{};
  surroundings around{};
  /// Where single elements leave whether they fire; may be null.
  std::uint8_t* fired = nullptr;

  /// One element, as GPUs and tests run it.
  NERNST_FUNCTION void operator()(std::size_t element) const {
    Real per_step[step_scalars] = {}, per_substep[substep_scalars] = {};
    prepare(*this, element, per_step, per_substep);
    bool const fires = work(memory<Real>{*this, per_step, element}, per_substep);
    if (fired != nullptr) fired[element] = fires ? 1 : 0;
  }
  /// What is the same for all elements: statements that write shared variables.
  NERNST_FUNCTION void once() const { (*this)(nobody); }

  /// The elements from `begin`, which is a multiple of the pack width, to `end`, in SIMD packs; the
  /// arrays reach to the next multiple behind `end`. `fires(first, bits)` hears of each pack with
  /// firing elements, in ascending order, or in descending order if `backwards`.
  template <class Fires>
  NERNST_FUNCTION void operator()(std::size_t begin, std::size_t end, bool backwards,
                                  Fires&& fires) const {
    using value = pack<Real>;
    constexpr std::size_t width = pack_width<Real>;
    functor const here =
        *this;  // no other pointer reaches the copy, so its members stay in machine registers
    Real per_step[step_scalars] = {}, per_substep[substep_scalars] = {};
    prepare(here, begin, per_step, per_substep);
    std::size_t const packs = (end - begin + width - 1) / width,
                      stride = backwards ? std::size_t{0} - width : width;
    std::size_t at = backwards ? begin + (packs - 1) * width : begin;
    for (std::size_t k = 0; k < packs; ++k, at += stride) {
      auto const mask = work(memory<value>{here, per_step, at}, per_substep);
      if constexpr (size::spike != ir::none) {
        std::uint64_t firing = bits(mask);
        if (firing == 0) continue;
        if (end - at < width) firing &= (std::uint64_t{1} << (end - at)) - 1;
        if (firing != 0) fires(at, firing);
      }
    }
  }

 private:
  template <class Value>
  struct memory {
    static constexpr std::size_t width = width_of<Value>;

    functor const& f;
    Real const* per_step;
    std::size_t at;
    Value const* results = nullptr;  ///< what substeps have found

    template <int K>
    NERNST_FUNCTION Value advanced() const {
      return results[K];
    }
    template <int Slot>
    NERNST_FUNCTION Value array() const {
      return load<Value>(f.array[Slot] + at);
    }
    template <int Slot>
    NERNST_FUNCTION void put(Value const& v) const {
      store<Value>(f.array[Slot] + at, v);
    }
    template <int Slot>
    NERNST_FUNCTION Value scalar() const {
      return Value(f.scalar[Slot]);
    }
    template <int K>
    NERNST_FUNCTION Value step_scalar() const {
      return Value(per_step[K]);
    }
    template <int Symbol>
    NERNST_FUNCTION Value shared() const {
      return Value(static_cast<Real>(f.around.values[Symbol]));
    }
    template <int Symbol>
    NERNST_FUNCTION void put_shared(Value const& v) const {
      if constexpr (width == 1) f.around.values[Symbol] = static_cast<double>(v);
    }
    template <int Slot>
    NERNST_FUNCTION Value linked() const {
      link const& to = f.around.links[Slot];
      if (to.value != nullptr) return Value(static_cast<Real>(*to.value));
      return lanes([&](std::size_t e) {
        return f.array[Slot][to.index == nullptr ? e : static_cast<std::size_t>(to.index[e])];
      });
    }
    /// Two elements that are linked to one leave the value of the last.
    template <int Slot>
    NERNST_FUNCTION void put_linked(Value const& v) const {
      link const& to = f.around.links[Slot];
      alignas(Value) Real lane[width] = {};
      store<Value>(lane, v);
      for (std::size_t k = 0; k < width; ++k)
        f.array[Slot][to.index == nullptr ? at + k : static_cast<std::size_t>(to.index[at + k])] =
            lane[k];
    }
    NERNST_FUNCTION Value time() const { return Value(static_cast<Real>(f.now.time)); }
    NERNST_FUNCTION Value step() const { return Value(static_cast<Real>(f.now.step)); }
    NERNST_FUNCTION Value index() const {
      return lanes([](std::size_t e) { return static_cast<Real>(e); });
    }
    template <int Symbol>
    NERNST_FUNCTION Value lookup(Value const& t) const {
      alignas(Value) Real time[width] = {};
      store<Value>(time, t);
      return lanes([&](std::size_t e) {
        return static_cast<Real>(f.around.tables[Symbol](static_cast<double>(time[e - at])));
      });
    }
    template <int Symbol>
    NERNST_FUNCTION Value lookup(Value const& t, Value const& column) const {
      alignas(Value) Real time[width] = {}, place[width] = {};
      store<Value>(time, t);
      store<Value>(place, column);
      return lanes([&](std::size_t e) {
        return static_cast<Real>(f.around.tables[Symbol](static_cast<double>(time[e - at]),
                                                         static_cast<double>(place[e - at])));
      });
    }
    template <ir::op Op>
    NERNST_FUNCTION Value draw(int number) const {
      auto const element = static_cast<std::uint32_t>(at);
      if constexpr (Op == ir::op::uniform)
        return kernel::uniform<Value>(f.now.key, element, static_cast<std::uint32_t>(number));
      else
        return kernel::normal<Value>(f.now.key, element, static_cast<std::uint32_t>(number));
    }
    template <ir::op Op, class... More>
    NERNST_FUNCTION Value draw(int number, Value const& a, More const&... more) const {
      alignas(Value) Real first[width] = {}, second[width] = {};
      store<Value>(first, a);
      (store<Value>(second, more), ...);
      return lanes([&](std::size_t e) {
        auto const element = static_cast<std::uint32_t>(e),
                   tag = static_cast<std::uint32_t>(number);
        if constexpr (Op == ir::op::poisson)
          return static_cast<Real>(
              kernel::poisson(f.now.key, element, tag, static_cast<double>(first[e - at])));
        else
          return static_cast<Real>(kernel::binomial(f.now.key, element, tag,
                                                    static_cast<double>(first[e - at]),
                                                    static_cast<double>(second[e - at])));
      });
    }

   private:
    template <class Of>
    NERNST_FUNCTION Value lanes(Of of) const {
      alignas(Value) Real lane[width] = {};
      for (std::size_t k = 0; k < width; ++k) lane[k] = of(at + k);
      return load<Value>(lane);
    }
  };

  /// The same within a substep: its results go into registers.
  template <class Value>
  struct substep_memory : memory<Value> {
    Value* next;
    Value since_start, length;

    template <int K>
    NERNST_FUNCTION void put_advanced(Value const& v) const {
      next[K] = v;
    }
    NERNST_FUNCTION Value elapsed() const { return since_start; }
    NERNST_FUNCTION Value substep() const { return length; }
  };

  NERNST_FUNCTION static void prepare(functor const& f, std::size_t at, Real* per_step,
                                      Real* per_substep) {
    prepare_step<code, Real>(memory<Real>{f, per_step, at}, per_step);
    if constexpr (advanced > 0)
      prepare_step<attempt, Real>(memory<Real>{f, per_substep, at}, per_substep);
  }

  /// The kernel for one value's worth of elements, behind the substeps where there are such.
  template <class Value>
  NERNST_FUNCTION static mask_of<Value> work(memory<Value> m,
                                             [[maybe_unused]] Real const* per_substep) {
    if constexpr (advanced == 0) {
      return evaluate<code, Value>(m);
    } else {
      constexpr substepping how = neuron_code<Model>::substeps;
      Value state[advanced], results[advanced + 1];
      load_states<0>(m, state);
      results[advanced] = m.template array<how.length>();
      kernel::advance(state, results[advanced], m.template scalar<how.dt>(), how.order,
                      [&](Value const(&from)[advanced], Value const& elapsed, Value const& length,
                          Value(&next)[advanced]) {
                        Value found[advanced + 1];
                        evaluate<attempt, Value>(substep_memory<Value>{
                            {m.f, per_substep, m.at, from}, found, elapsed, length});
                        for (int k = 0; k < advanced; ++k) next[k] = found[k];
                        return found[advanced];
                      });
      for (int k = 0; k < advanced; ++k) results[k] = state[k];
      m.results = results;
      return evaluate<code, Value>(m);
    }
  }
  template <int K, class Value, int N>
  NERNST_FUNCTION static void load_states(memory<Value> const& m, Value (&state)[N]) {
    if constexpr (K < N) {
      state[K] = m.template array<neuron_code<Model>::template advanced_array<K>>();
      load_states<K + 1>(m, state);
    }
  }
};

}  // namespace nernst::kernel
