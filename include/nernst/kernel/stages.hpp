// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/freeze.hpp>
#include <nernst/kernel/derive.hpp>

namespace nernst::kernel {

namespace detail {

/// Writes numbers down one after the other ...
class note_writer {
 public:
  constexpr void operator()(int& x) { notes_.push_back(x); }
  constexpr int length(int n) { return notes_.push_back(n), n; }
  constexpr ir::buffer<int> const& notes() const { return notes_; }

 private:
  ir::buffer<int> notes_;
};
/// ... and reads them in the same order.
class note_reader {
 public:
  constexpr explicit note_reader(int const* notes) : next_(notes) {}
  constexpr void operator()(int& x) { x = *next_++; }
  constexpr int length(int) { return *next_++; }

 private:
  int const* next_;
};

/// Passes every part of a derivation but its model, method and kernels to a writer or reader.
template <class Notes>
class exchange {
 public:
  constexpr explicit exchange(Notes& notes) : notes_(notes) {}

  constexpr void operator()(neuron_derivation& d) {
    each(d.held, [this](ir::assignment& s) { statement(s); });
    each(d.exact, [this](integrate::exact_block& b) {
      notes_(b.order);
      numbers(b.equations);
      numbers(b.matrix);
      numbers(b.coefficient);
      whole(b.per_element);
    });
    numbers(d.where.arrays);
    numbers(d.where.scalars);
    each(d.where.elementwise, [this](char& c) { whole(c); });
    numbers(d.where.advanced);
    each(d.bodies, [this](kernel_body& b) {
      notes_(b.spike);
      each(b.statements, [this](ir::assignment& s) { statement(s); });
    });
    each(d.extras, [this](extra& e) {
      whole(e.what);
      notes_(e.which);
      whole(e.when.when);
      notes_(e.when.order);
      whole(e.for_all);
      whole(e.links);
    });
    notes_(d.last_spike);
    notes_(d.refractory_steps);
    notes_(d.flag);
    whole(d.reset_waits);
    whole(d.threshold_apart);
    numbers(d.periods);
    numbers(d.subexpressions);
    notes_(d.substeps.kernel);
    notes_(d.substeps.order);
    notes_(d.substeps.length);
    notes_(d.substeps.dt);
    numbers(d.advanced);
  }

 private:
  template <class T>
  constexpr void whole(T& x) {
    int n = static_cast<int>(x);
    notes_(n);
    x = static_cast<T>(n);
  }
  template <class T, class Part>
  constexpr void each(std::vector<T>& list, Part part) {
    auto const size = static_cast<std::size_t>(notes_.length(static_cast<int>(list.size())));
    if (size != list.size())
      list = std::vector<T>(size, T());  // clang cannot evaluate `resize` of libstdc++ 12
    for (T& x : list) part(x);
  }
  constexpr void numbers(std::vector<int>& list) {
    each(list, [this](int& x) { notes_(x); });
  }
  constexpr void statement(ir::assignment& s) {
    notes_(s.symbol);
    notes_(s.value);
  }

  Notes& notes_;
};

/// What a stage leaves to the next one, in static storage.
template <ir::model_size Size, int Notes>
struct frozen_derivation {
  ir::frozen_of<Size> model;
  std::array<int, static_cast<std::size_t>(Notes)> notes{};

  constexpr frozen_derivation() = default;
  constexpr explicit frozen_derivation(neuron_derivation d) : model(d.model) {
    note_writer write;
    exchange<note_writer>{write}(d);
    for (int k = 0; k < Notes; ++k) notes[static_cast<std::size_t>(k)] = write.notes()[k];
  }
  constexpr neuron_derivation thaw() const {
    neuron_derivation d;
    d.model = model.thaw();
    note_reader read(notes.data());
    exchange<note_reader>{read}(d);
    return d;
  }
};

/// The derivation behind `Step::run()`, which begins with what `Before` has left. Compilers limit
/// the work of one constant evaluation, so each step is one of its own; after a mistake there is
/// nothing.
template <class Step>
struct stage {
 private:
  struct outline {
    ir::diagnosis mistake;
    ir::model_size size;
    int notes = 0;
  };
  static constexpr outline known = [] {
    neuron_derivation d = Step::run();
    if (!d.mistake.ok()) return outline{d.mistake, {}, 0};
    note_writer write;
    exchange<note_writer>{write}(d);
    return outline{{}, ir::size_of(d.model), write.notes().size()};
  }();
  static constexpr ir::model_size size = known.size;
  static constexpr frozen_derivation<size, known.notes> frozen = [] {
    if constexpr (known.mistake.ok())
      return frozen_derivation<size, known.notes>(Step::run());
    else
      return frozen_derivation<size, known.notes>();
  }();

 public:
  static constexpr ir::diagnosis mistake = known.mistake;
  static constexpr neuron_derivation result() {
    neuron_derivation d;
    if constexpr (mistake.ok())
      d = frozen.thaw();
    else
      d.mistake = mistake;
    return d;
  }
};

}  // namespace detail

/// `derive_neuron` for `Model`, in stages.
template <class Model>
struct derivation_stages {
 private:
  struct written {
    static constexpr neuron_derivation run() {
      neuron_derivation d;
      d.model = lower(Model::model);
      return d;
    }
  };
  struct normal {
    static constexpr neuron_derivation run() {
      neuron_derivation d = detail::stage<written>::result();
      normalise(d);
      return d;
    }
  };
  struct integrated {
    static constexpr neuron_derivation run() {
      neuron_derivation d = detail::stage<normal>::result();
      if (d.mistake.ok()) integrate_equations<typename decltype(Model::model)::own_method>(d);
      return d;
    }
  };
  struct optimised {
    static constexpr neuron_derivation run() {
      neuron_derivation d = detail::stage<integrated>::result();
      if (d.mistake.ok()) optimise(d);
      return d;
    }
  };

 public:
  static constexpr ir::diagnosis mistake = detail::stage<optimised>::mistake;
  /// Everything but method and kernels.
  static constexpr neuron_derivation result() { return detail::stage<optimised>::result(); }
};

/// The program of kernel `K` of `Model` in static storage, and the scalars of this and all kernels
/// before.
template <class Model, int K>
struct kernel_stage {
 private:
  struct made {
    program code;
    std::vector<int> scalars;
  };
  static constexpr made make() {
    neuron_derivation d = derivation_stages<Model>::result();
    if constexpr (K > 0)
      d.where.scalars.assign(kernel_stage<Model, K - 1>::scalars.begin(),
                             kernel_stage<Model, K - 1>::scalars.end());
    made m;
    m.code = program_of(d, K);
    m.scalars = std::move(d.where.scalars);
    return m;
  }
  struct outline {
    program_sizes size;
    int scalars = 0;
  };
  static constexpr outline known = [] {
    made const m = make();
    return outline{program_sizes(std::span(&m.code, 1)), static_cast<int>(m.scalars.size())};
  }();
  static constexpr program_sizes size = known.size;
  struct storage {
    fixed_programs<size> code;
    std::array<int, static_cast<std::size_t>(known.scalars)> scalars{};
  };
  static constexpr storage all = [] {
    made const m = make();
    storage s{fixed_programs<size>(std::span(&m.code, 1)), {}};
    for (int k = 0; k < known.scalars; ++k)
      s.scalars[static_cast<std::size_t>(k)] = m.scalars[static_cast<std::size_t>(k)];
    return s;
  }();

 public:
  static constexpr auto const& scalars = all.scalars;
  static constexpr fixed_program program = all.code[0];
};

}  // namespace nernst::kernel
