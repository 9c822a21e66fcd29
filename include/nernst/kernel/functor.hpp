// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/adaptive_steps.hpp>
#include <nernst/kernel/compiled.hpp>
#include <nernst/kernel/draw_in_pairs.hpp>
#include <nernst/kernel/element_memory.hpp>
#include <nernst/kernel/evaluate.hpp>

#include <algorithm>

namespace nernst::kernel {

namespace detail {
template <class Code, int K>
inline constexpr int adaptive_state_at = Code::model.adaptive_states[K];
template <class Code, int K>
inline constexpr int scale_at = Code::model.scaled_states[K].scale;

/// What elements draw by their places in a kernel, without parameters.
template <class Code>
constexpr std::size_t count_draws() {
  std::size_t n = 0;
  if (!Code::model.of_synapses)
    for (instruction const& s : Code::model.code(Code::place))
      n += s.from == origin::draw ? 1U : 0U;
  return n;
}
template <class Code>
struct draw_sites {
  static constexpr std::size_t size = count_draws<Code>();
  draw_site at[size > 0 ? size : 1];

  constexpr draw_sites() {
    std::size_t n = 0;
    if (size > 0)
      for (instruction const& s : Code::model.code(Code::place))
        if (s.from == origin::draw) at[n++] = {s.code, s.which};
  }
  constexpr std::size_t find(draw_site const& site) const {
    std::size_t k = 0;
    while (at[k] != site) ++k;
    return k;
  }
};
template <class Code>
inline constexpr draw_sites<Code> draw_sites_of;
}  // namespace detail

/// The one shape of a kernel: number `Kernel` of `Model` over arrays with one value per element. It
/// is copied to where it runs and holds pointers and scalars only.
template <class Model, int Kernel, class Real>
struct functor {
  using code = kernel_code<compiled<Model>, Kernel>;
  static constexpr bool of_synapses = code::model.of_synapses;
  static constexpr int at_least_one(int n) { return n > 0 ? n : 1; }
  static constexpr int arrays = at_least_one(code::model.arrays);
  static constexpr int scalars = at_least_one(code::model.scalars.results.count);
  static constexpr int step_scalars = at_least_one(code::place.step_scalars.count);
  /// How many states are advanced by substeps in this kernel, and the kernel that tries one.
  static constexpr bool updates = code::place.when_executed == trigger::update ||
                                  code::place.when_executed == trigger::update_and_reset;
  static constexpr int updates_seen = kernel::updates_seen(code::place);
  static constexpr int scaled = updates && !of_synapses ? code::model.scaled_states.size() : 0;
  static constexpr int adaptive = updates ? code::model.adaptive_states.size() : 0;
  using attempt =
      kernel_code<compiled<Model>, (adaptive > 0 ? number_of<Model, trigger::attempt> : Kernel)>;
  static constexpr int attempt_scalars = adaptive > 0 ? attempt::place.step_scalars.count + 1 : 1;
  /// The element for which one value for all is drawn.
  static constexpr std::size_t nobody = 0xFFFFFFFF;

  Real* array[arrays] = {};
  Real scalar[scalars] = {};
  step_context now{};
  external_data<Real> around{};
  /// A bit for each scaled state that memory takes from this step's update.
  std::uint64_t taken = 0;
  /// Where single elements leave whether they fire; may be null.
  std::uint8_t* fired = nullptr;

  /// One element, as GPUs and tests run it.
  NERNST_FUNCTION void operator()(std::size_t element) const {
    Real per_step[step_scalars] = {};
    Real per_attempt[attempt_scalars] = {};
    functor here = *this;
    here.find_taken();
    prepare(here, element, per_step, per_attempt);
    bool const fires = work(memory<Real>{here, per_step, element}, per_attempt);
    if (fired != nullptr) fired[element] = fires ? 1 : 0;
  }
  /// What one synapse adds to a summed variable.
  NERNST_FUNCTION void add_to(Real& sum, std::size_t element) const {
    evaluate<code, Real>(summing_memory<functor, Real>{{*this, nullptr, element}, &sum});
  }
  /// What is the same for all elements: statements that write shared variables.
  NERNST_FUNCTION void once() const { (*this)(nobody); }

  /// The elements from `begin` to `end` in SIMD packs; the arrays reach to the end of the last one.
  /// `fires(first, bits)` hears of each pack with firing elements, in ascending order.
  template <class Fires>
  NERNST_HOST_FUNCTION void operator()(std::size_t begin, std::size_t end, Fires&& fires) const {
    // No other pointer reaches the copy, so its members stay in machine registers.
    functor here = *this;
    here.find_taken();
    Real per_step[step_scalars] = {};
    Real per_attempt[attempt_scalars] = {};
    prepare(here, begin, per_step, per_attempt);
    if constexpr (draws == 0) {
      work_on_all(here, per_step, per_attempt, nullptr, begin, end, end, fires);
    } else {
      draws_ahead<pack<Real>, draws> drawn(detail::draw_sites_of<code>.at, now.key);
      for (std::size_t at = begin; at < end; at += drawn_at_once)
        work_on_all(here, per_step, per_attempt, drawn(at), at, std::min(end, at + drawn_at_once),
                    end, fires);
    }
  }

  /// Where the numbers of a draw begin behind those of the first one.
  static constexpr std::size_t place_of_draw(draw_site const& site) {
    return detail::draw_sites_of<code>.find(site) * drawn_stride;
  }

 private:
  template <class Value>
  using memory = element_memory<functor, Value>;
  static constexpr std::size_t draws = detail::draw_sites<code>::size;

  NERNST_FUNCTION void find_taken() { find_taken(std::make_integer_sequence<int, scaled>()); }
  template <int... K>
  NERNST_FUNCTION void find_taken(std::integer_sequence<int, K...>) {
    ((taken |= std::uint64_t{around.takes(detail::scale_at<code, K>)} << K), ...);
  }
  NERNST_FUNCTION static void prepare(functor const& f, std::size_t at, Real* per_step,
                                      Real* per_attempt) {
    prepare_step<code, Real>(memory<Real>{f, per_step, at}, per_step);
    if constexpr (adaptive > 0)
      prepare_step<attempt, Real>(memory<Real>{f, per_attempt, at}, per_attempt);
  }

  /// Packs that share a test whether any of their elements fires. What is long has little to gain.
  static constexpr std::size_t together = pack_width<Real> < 8 &&
                                                  code::model.code(code::place).size() <= 48 &&
                                                  adaptive == 0 && code::place.spike != ir::none
                                              ? 2
                                              : 1;
  /// The elements from `at` to `stop`, for which `drawn` has what they draw.
  template <class Fires>
  NERNST_HOST_FUNCTION static void
  work_on_all(functor const& here, Real const* per_step, Real const* per_attempt, Real const* drawn,
              std::size_t at, std::size_t stop, std::size_t end, Fires&& fires) {
    constexpr std::size_t width = pack_width<Real>;
    auto const numbers = [drawn, first = at](std::size_t element) {
      return draws == 0 ? nullptr : drawn + (element - first);
    };
    if constexpr (together > 1)
      for (; stop - at >= together * width; at += together * width)
        work_on<together>(here, per_step, per_attempt, numbers(at), at, end, fires);
    for (; at < stop; at += width)
      work_on<1>(here, per_step, per_attempt, numbers(at), at, end, fires);
  }
  template <std::size_t Packs, class Fires>
  NERNST_HOST_FUNCTION static void work_on(functor const& here, Real const* per_step,
                                           Real const* per_attempt, Real const* drawn,
                                           std::size_t at, std::size_t end, Fires&& fires) {
    using value = pack<Real>;
    constexpr std::size_t width = pack_width<Real>;
    std::uint64_t firing = 0;
    for (std::size_t k = 0; k < Packs; ++k) {
      memory<value> m{here, per_step, at + k * width};
      if constexpr (draws > 0) m.drawn = drawn + k * width;
      auto const mask = work(m, per_attempt);
      if constexpr (code::place.spike != ir::none) firing |= kernel::bits(mask) << (k * width);
    }
    if (firing == 0) return;
    if (end - at < width) firing &= (std::uint64_t{1} << (end - at)) - 1;
    if (firing != 0) fires(at, firing);
  }

  /// The kernel for one value's worth of elements, behind the substeps where there are such.
  template <class Value>
  NERNST_FUNCTION static mask_of<Value> work(memory<Value> m,
                                             [[maybe_unused]] Real const* per_attempt) {
    if constexpr (adaptive == 0) {
      return evaluate<code, Value>(m);
    } else {
      constexpr adaptive_stepping how = code::model.adaptive;
      Value state[adaptive];
      Value results[adaptive + 1];
      load_states<0>(m, state);
      results[adaptive] = m.template array<how.length>();
      auto const attempt_step = [&](Value const(&from)[adaptive], Value const& elapsed,
                                    Value const& length, Value(&next)[adaptive]) {
        Value found[adaptive + 1];
        evaluate<attempt, Value>(
            attempt_memory<functor, Value>{{m.f, per_attempt, m.at, from}, found, elapsed, length});
        for (int k = 0; k < adaptive; ++k) next[k] = found[k];
        return found[adaptive];
      };
      kernel::advance(state, results[adaptive], m.template scalar<how.dt>(), how.order,
                      attempt_step);
      for (int k = 0; k < adaptive; ++k) results[k] = state[k];
      m.results = results;
      return evaluate<code, Value>(m);
    }
  }
  template <int K, class Value, int N>
  NERNST_FUNCTION static void load_states(memory<Value> const& m, Value (&state)[N]) {
    if constexpr (K < N) {
      state[K] = m.template array<detail::adaptive_state_at<code, K>>();
      load_states<K + 1>(m, state);
    }
  }
};

}  // namespace nernst::kernel
