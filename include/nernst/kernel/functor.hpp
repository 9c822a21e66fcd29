// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/code.hpp>
#include <nernst/kernel/evaluate.hpp>

namespace nernst::kernel {

/// The time of a step, and what random numbers depend on.
struct moment {
  double time = 0;
  std::int64_t step = 0;
  draw_key key{};
};

/// The one shape of a neuron kernel: `Block` of `Model` over arrays with one value per element. It is copied to where it runs and holds
/// pointers and scalars only.
template <class Model, int Block, class Real>
struct functor {
  using code = typename neuron_code<Model>::template block<Block>;
  static constexpr int arrays = neuron_code<Model>::arrays > 0 ? neuron_code<Model>::arrays : 1;
  static constexpr int scalars = neuron_code<Model>::scalars > 0 ? neuron_code<Model>::scalars : 1;

  Real* array[arrays] = {};
  Real scalar[scalars] = {};
  moment now{};
  /// Where single elements leave whether they fire; may be null.
  std::uint8_t* fired = nullptr;

  /// One element, as GPUs and tests run it.
  NERNST_FUNCTION void operator()(std::size_t element) const {
    bool const fires = evaluate<code, Real>(memory<Real>{*this, element});
    if (fired != nullptr) fired[element] = fires ? 1 : 0;
  }

  /// The elements from `begin`, which is a multiple of the pack width, to `end`, in SIMD packs; the arrays reach to the next multiple
  /// behind `end`. `fires(first, bits)` hears of each pack with firing elements, in ascending order, or in descending order if `backwards`.
  template <class Fires>
  NERNST_FUNCTION void operator()(std::size_t begin, std::size_t end, bool backwards, Fires&& fires) const {
    using value = pack<Real>;
    constexpr std::size_t width = pack_width<Real>;
    functor const here = *this;  // no other pointer reaches the copy, so its members stay in machine registers
    std::size_t const packs = (end - begin + width - 1) / width, stride = backwards ? std::size_t{0} - width : width;
    std::size_t at = backwards ? begin + (packs - 1) * width : begin;
    for (std::size_t k = 0; k < packs; ++k, at += stride) {
      auto const mask = evaluate<code, value>(memory<value>{here, at});
      if constexpr (size_of<code>::spike != ir::none) {
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
    functor const& f;
    std::size_t at;

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
    NERNST_FUNCTION Value time() const { return Value(static_cast<Real>(f.now.time)); }
    NERNST_FUNCTION Value step() const { return Value(static_cast<Real>(f.now.step)); }
    NERNST_FUNCTION Value index() const {
      alignas(Value) Real lane[width_of<Value>] = {};
      for (std::size_t k = 0; k < width_of<Value>; ++k) lane[k] = static_cast<Real>(at + k);
      return load<Value>(lane);
    }
    template <ir::op Op>
    NERNST_FUNCTION Value draw(int number) const {
      auto const element = static_cast<std::uint32_t>(at);
      if constexpr (Op == ir::op::uniform)
        return kernel::uniform<Value>(f.now.key, element, static_cast<std::uint32_t>(number));
      else
        return kernel::normal<Value>(f.now.key, element, static_cast<std::uint32_t>(number));
    }
  };
};

}  // namespace nernst::kernel
