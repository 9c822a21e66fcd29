// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/synapse_code.hpp>
#include <nernst/network/neurons.hpp>
#include <nernst/network/synapse_rows.hpp>

namespace nernst {

/// The synapses of a projection as the rest of a network sees them.
class synapses {
 public:
  synapses(std::string name, std::int64_t delay) : name_(std::move(name)), delay_(delay) {}
  virtual ~synapses() = default;
  synapses(synapses const&) = delete;
  synapses& operator=(synapses const&) = delete;

  virtual void prepare(double dt) = 0;
  /// Called before the steps from `step` on, once the logs of the source are ready for them.
  virtual void start(std::int64_t step) = 0;
  /// Lets the spikes that arrive in this step act on the neurons of a partition: by rising number
  /// of the source, for each source in the order in which its synapses were made.
  virtual void deliver(std::size_t partition, kernel::moment const& now) = 0;
  virtual std::uint64_t size() const = 0;
  virtual std::size_t memory_bytes() const = 0;

  std::string const& name() const { return name_; }
  /// In steps.
  std::int64_t delay() const { return delay_; }
  /// Whether values of the source neurons are read, which others may be about to change.
  bool reads_source = false;
  /// Spikes that were fired before this step do not count: there was no synapse yet.
  std::int64_t first_step = 0;

 private:
  std::string name_;
  std::int64_t delay_;
};

/// The synapses of one model from neurons of the model `Source` onto those of the model `Target`.
template <class Model, class Source, class Target, class Space, class Real>
class synapses_of final : public synapses {
  using code = kernel::synapse_code<Model, Source, Target>;
  /// Whether variables are written that are protected while a neuron is refractory.
  static constexpr bool guarded =
      kernel::writes_frozen(code::facts, kernel::neuron_code<Target>::facts);

 public:
  synapses_of(std::string name, std::int64_t delay, neurons<Real> const& source,
              neurons<Real> const& target, synapse_rows rows, std::uint32_t object)
      : synapses(std::move(name), delay), source_(source), target_(target), rows_(std::move(rows)),
        value_(code::facts.variables.size(), 0), array_(code::facts.variables.size(), nullptr),
        tables_given_(array_.size()), tables_(array_.size()), changing_(array_.size(), nullptr),
        object_(object) {
    for (std::size_t s = 0; s < array_.size(); ++s) {
      if (code::facts.variables[s].symbol.kind == ir::role::shared_state)
        changing_[s] = &shared_of_neurons(s);
      if (code::facts.variables[s].array == ir::none) continue;
      auto const k = static_cast<std::size_t>(code::facts.variables[s].array);
      ir::symbol const& variable = code::facts.variables[s].symbol;
      if (variable.owner == ir::side::here) {
        own_.emplace_back("nernst::" + this->name() + "::" + std::string(variable.id.view()),
                          rows_.size());
        array_[s] = own_.back().data();
      } else {
        array_[s] = (variable.owner == ir::side::pre ? source : target).array(variable.id);
      }
      state_.array[k] = array_[s];
      state_.guarded[k] = guarded && variable.owner == ir::side::post &&
                          kernel::is_frozen(target.facts(), variable.id);
      reads_source = reads_source || variable.owner == ir::side::pre;
    }
  }

  void prepare(double dt) override {
    for (std::size_t s = 0; s < value_.size(); ++s) {
      ir::symbol const& variable = code::facts.variables[s].symbol;
      if (variable.kind == ir::role::time_step) value_[s] = dt;
      if (variable.kind == ir::role::count) value_[s] = static_cast<double>(size());
      if (variable.kind == ir::role::shared && variable.owner != ir::side::here)
        value_[s] = shared_of_neurons(s);
      if (variable.kind != ir::role::table) continue;
      if (tables_given_[s].values.empty())
        throw std::logic_error(name() + "[" + std::string(variable.id.view()) +
                               "]: expected the values of the timed array before a run");
      tables_[s] = tables_given_[s].at_steps_of(dt);
    }
    std::vector<double> const scalar =
        detail::once(code::facts.scalars, detail::element_environment<Real>{&array_, &value_});
    for (std::size_t k = 0; k < scalar.size(); ++k) state_.scalar[k] = static_cast<Real>(scalar[k]);
  }

  void start(std::int64_t step) override {
    cursors_.resize(target_.logs().size() * stride());
    for (std::size_t p = 0; p < target_.logs().size(); ++p)
      for (std::size_t q = 0; q < source_.logs().size(); ++q)
        cursors_[p * stride() + q] = source_.logs()[q].entry(step - delay());
  }

  void deliver(std::size_t partition, kernel::moment const& now) override {
    if (partition >= rows_.partitions()) return;
    rows_.narrow() ? deliver_rows<std::uint16_t>(partition, now)
                   : deliver_rows<std::uint32_t>(partition, now);
  }

  std::uint64_t size() const override { return rows_.size(); }
  std::size_t memory_bytes() const override {
    std::size_t bytes = rows_.memory_bytes();
    for (auto const& v : own_) bytes += v.span() * sizeof(Real);
    return bytes;
  }

  synapse_rows const& rows() const { return rows_; }
  std::uint32_t object() const { return object_; }
  /// By symbol: the array of a variable of the synapses, in the order of `rows`, and the value of a
  /// shared one.
  std::vector<Real*> const& arrays() const { return array_; }
  std::vector<double>& values() { return value_; }
  /// Gives the values of a timed array.
  void give(int symbol, given_table values) {
    tables_given_[static_cast<std::size_t>(symbol)] = std::move(values);
  }

 private:
  double const& shared_of_neurons(std::size_t s) const {
    ir::symbol const& variable = code::facts.variables[s].symbol;
    neurons<Real> const& owner = variable.owner == ir::side::pre ? source_ : target_;
    return owner.values()[static_cast<std::size_t>(owner.facts().find(variable.id))];
  }

  static constexpr std::size_t at_least_one(int n) {
    return n > 0 ? static_cast<std::size_t>(n) : 1;
  }
  struct pathway_state {
    Real* array[at_least_one(code::arrays)] = {};
    bool guarded[at_least_one(code::arrays)] = {};
    Real scalar[at_least_one(code::scalars)] = {};
  };

  /// One synapse, as `evaluate` wants it.
  struct memory {
    pathway_state const& state;
    kernel::moment const& now;
    synapses_of const* all;
    std::size_t pre, post, synapse;
    bool open;

    template <int Slot>
    std::size_t place() const {
      constexpr ir::side owner = code::template owner<Slot>;
      return owner == ir::side::pre ? pre : owner == ir::side::post ? post : synapse;
    }
    template <int Slot>
    NERNST_FUNCTION Real array() const {
      return state.array[Slot][place<Slot>()];
    }
    template <int Slot>
    NERNST_FUNCTION void put(Real v) const {
      if constexpr (guarded)
        if (state.guarded[Slot] && !open) return;
      state.array[Slot][place<Slot>()] = v;
    }
    template <int Slot>
    NERNST_FUNCTION Real scalar() const {
      return state.scalar[Slot];
    }
    Real time() const { return static_cast<Real>(now.time); }
    Real step() const { return static_cast<Real>(now.step); }
    Real index() const { return static_cast<Real>(pre - all->rows_.source_begin()); }
    template <int Symbol>
    Real shared() const {
      return static_cast<Real>(*all->changing_[Symbol]);
    }
    template <int Symbol>
    Real lookup(Real t) const {
      return static_cast<Real>(all->tables_[Symbol](static_cast<double>(t)));
    }
    template <int Symbol>
    Real lookup(Real t, Real column) const {
      return static_cast<Real>(
          all->tables_[Symbol](static_cast<double>(t), static_cast<double>(column)));
    }
    template <ir::op Op, class... Operands>
    Real draw(int number, Operands... x) const {
      kernel::draw_key key = now.key;
      key.object = all->object_;
      auto const element = static_cast<std::uint32_t>(all->rows_.creation(synapse)),
                 n = static_cast<std::uint32_t>(number);
      if constexpr (Op == ir::op::uniform)
        return kernel::uniform<Real>(key, element, n);
      else if constexpr (Op == ir::op::normal)
        return kernel::normal<Real>(key, element, n);
      else if constexpr (Op == ir::op::poisson)
        return static_cast<Real>(kernel::poisson(key, element, n, static_cast<double>(x)...));
      else
        return static_cast<Real>(kernel::binomial(key, element, n, static_cast<double>(x)...));
    }
  };

  template <class Index>
  void deliver_rows(std::size_t partition, kernel::moment const& now) {
    pathway_state const state = state_;
    auto const p = static_cast<std::uint32_t>(partition);
    std::uint32_t const begin = rows_.source_begin(), count = rows_.source_end() - begin;
    std::uint32_t const** const cursor = cursors_.data() + partition * stride();
    for (std::size_t q = 0; q < source_.logs().size(); ++q) {
      std::uint32_t const *const spikes = cursor[q] + 1, *const last = spikes + *cursor[q];
      cursor[q] = last;
      if (now.step - delay() < first_step) continue;
      for (std::uint32_t const* pre = spikes; pre != last; ++pre) {
        if (*pre - begin >= count) continue;
        row_view<Index> const row = rows_.template row<Index>(p, *pre);
        std::uint64_t synapse = row.first;
        for (Index const* post = row.begin; post != row.end; ++post, ++synapse) {
          bool const open = !guarded || target_.is_open(*post, now.step);
          run_pathways<0>(memory{state, now, this, *pre, *post, synapse, open});
        }
      }
    }
  }

  /// Cursors of two partitions are never on one cache line.
  std::size_t stride() const { return (source_.logs().size() + 15) / 16 * 16; }

  template <int Pathway>
  NERNST_FUNCTION static void run_pathways(memory const& m) {
    if constexpr (Pathway < code::pathways) {
      kernel::evaluate<typename code::template block<Pathway>, Real>(m);
      run_pathways<Pathway + 1>(m);
    }
  }

  neurons<Real> const& source_;
  neurons<Real> const& target_;
  synapse_rows rows_;
  std::vector<double> value_;
  std::vector<Real*> array_;
  std::vector<given_table> tables_given_;    ///< by symbol
  std::vector<kernel::timed_table> tables_;  ///< by symbol
  std::vector<double const*>
      changing_;  ///< by symbol: shared variables of the neurons that they change themselves
  std::vector<Kokkos::View<Real*, typename Space::memory_space>> own_;
  pathway_state state_;
  std::vector<std::uint32_t const*>
      cursors_;  ///< by partition and partition of the source: the entry to read next
  std::uint32_t object_;
};

}  // namespace nernst
