// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/errors.hpp>
#include <nernst/kernel/derive.hpp>

namespace nernst::kernel {

/// The kernels of a neuron.
enum neuron_block : int { update, update_and_reset, reset };

/// What the compiler needs to know of a neuron model: the results of its derivation in static storage. `Model` is a struct with
/// `static constexpr auto model`, written in any of the languages. A mistake in it is one compile error here.
template <class Model>
struct neuron_code {
  using own_method = typename decltype(Model::model)::own_method;
  static constexpr neuron_derivation derive() { return derive_neuron<own_method>(lower(Model::model)); }

 private:
  struct facts {
    ir::diagnosis mistake;
    program_size size[3];
    int arrays = 0, scalars = 0, frozen = 0;
    int last_spike = ir::none, refractory_steps = ir::none, flag = ir::none;
    bool has_threshold = false;
  };
  static constexpr facts known = [] {
    neuron_derivation const d = derive();
    return facts{d.mistake,
                 {program_size(d.update), program_size(d.update_and_reset), program_size(d.reset)},
                 static_cast<int>(d.where.arrays.size()),
                 static_cast<int>(d.where.scalars.size()),
                 static_cast<int>(d.frozen.size()),
                 d.last_spike,
                 d.refractory_steps,
                 d.flag,
                 d.update.spike != ir::none};
  }();
  struct finding {
    static constexpr ir::diagnosis get() { return known.mistake; }
  };
  template <int Block>
  using fixed = fixed_program<known.size[Block].instructions, known.size[Block].stores>;
  struct programs {
    fixed<update> a;
    fixed<update_and_reset> b;
    fixed<reset> c;
  };
  static constexpr programs all = [] {
    if constexpr (!known.mistake.ok()) {
      nernst::detail::report<finding, Model>();
      return programs{};
    } else {
      neuron_derivation const d = derive();
      return programs{fixed<update>(d.update), fixed<update_and_reset>(d.update_and_reset), fixed<reset>(d.reset)};
    }
  }();

 public:
  /// One kernel, as `evaluate` wants it.
  template <int Block>
  struct block {
    static constexpr auto const& program = [] () -> auto const& {
      if constexpr (Block == update) return all.a;
      else if constexpr (Block == update_and_reset) return all.b;
      else return all.c;
    }();
  };
  static constexpr bool valid = known.mistake.ok();
  /// Whether the model has a variable of that name.
  static constexpr bool has(std::string_view name) { return derive().model.find(name) != ir::none; }
  static constexpr bool has_threshold = known.has_threshold;
  static constexpr int arrays = known.arrays, scalars = known.scalars;
  static constexpr int last_spike = known.last_spike, refractory_steps = known.refractory_steps, flag = known.flag;
};

}  // namespace nernst::kernel
