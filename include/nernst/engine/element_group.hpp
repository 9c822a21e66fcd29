// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/due_steps.hpp>
#include <nernst/engine/environment.hpp>
#include <nernst/engine/event_receiver.hpp>
#include <nernst/engine/executor.hpp>
#include <nernst/engine/given_table.hpp>
#include <nernst/engine/handle.hpp>
#include <nernst/engine/host_array.hpp>
#include <nernst/engine/inversion.hpp>
#include <nernst/engine/kernel_arguments.hpp>
#include <nernst/engine/linkage.hpp>
#include <nernst/engine/scale_table.hpp>
#include <nernst/engine/value_table.hpp>
#include <nernst/ir/list.hpp>
#include <nernst/kernel/compiled_model.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nernst::brian {
struct constant;
}

namespace nernst::device {
struct mirror;
}

namespace nernst::engine {

template <class Real>
class state_pass;

template <class Real>
class element_group;

/// What only some models need before a run, null where a model does not: programs contain what
/// their models need.
template <class Real>
struct preparation {
  /// Lets linked variables be those of the others.
  void (element_group<Real>::*follow_links)() = nullptr;
  /// Finds the steps of actions at given times.
  void (element_group<Real>::*find_due_steps)(double dt) = nullptr;
  /// Computes propagators.
  void (element_group<Real>::*propagate)() = nullptr;
  /// Makes tables of random numbers.
  void (element_group<Real>::*tabulate)(ir::list<double> const& scalars) = nullptr;
  /// Makes tables of subexpressions.
  void (element_group<Real>::*fill_tables)() = nullptr;
  /// Makes what elements need that send events to themselves.
  std::unique_ptr<event_receiver<Real>> (*make_events)(population_base<Real>&) = nullptr;
  /// What kernels of libraries need.
  void (*beside)(element_group<Real>&, void* beside) = nullptr;

  template <kernel::compiled_model const& Model>
  static constexpr preparation of() {
    preparation needed;
    if constexpr (links(Model)) needed.follow_links = &element_group<Real>::follow_links;
    if constexpr (Model.timings.size() > 0)
      needed.find_due_steps = &element_group<Real>::find_due_steps;
    if constexpr (Model.propagators.size() > 0)
      needed.propagate = &element_group<Real>::compute_propagators;
    if constexpr (Model.distributions.size() > 0)
      needed.tabulate = &element_group<Real>::make_inversions;
    if constexpr (Model.tables.size() > 0) needed.fill_tables = &element_group<Real>::make_tables;
    return needed;
  }

 private:
  static constexpr bool links(kernel::compiled_model const& m) {
    for (kernel::variable const& v : m.variables)
      if (v.symbol.kind == ir::role::linked) return true;
    return false;
  }
};

/// What a group of elements is made from.
template <class Real>
struct group_outline {
  std::string name;
  kernel::compiled_model const& model;
  detail::kernel_launch<Real> const* launches;  ///< one for each kernel of the model
  ir::span<brian::constant const> constants;    ///< what texts about the group may name
  std::uint32_t object;                         ///< the number that its random numbers depend on
  preparation<Real> prepare;
  /// The same as `launches`, which is null then, of an `accelerator`.
  detail::device_launch<Real> const* device_launches = nullptr;
  std::shared_ptr<void> beside = {};  ///< what kernels need that are not compiled from the model
};

/// The numbers of elements by place, as users count them.
struct numbering {
  std::uint32_t const* by_place;  ///< null where it is the place itself

  std::size_t operator()(std::size_t place) const {
    return by_place == nullptr ? place : by_place[place];
  }
};

/// The elements of one model, neurons or synapses: their variables, and what can be done to a
/// partition of them in a step. Partition p owns the places [begin(p), end(p)) of each array; only
/// its thread writes them, so that results do not depend on the number of threads.
template <class Real>
class element_group {
 public:
  explicit element_group(group_outline<Real> const& outline, executor const& run);
  element_group(element_group const&) = delete;
  element_group& operator=(element_group const&) = delete;
  virtual ~element_group();

  kernel::compiled_model const& model() const { return model_; }
  ir::span<brian::constant const> constants() const { return constants_; }
  executor const& run() const { return run_; }
  std::shared_ptr<void> const& beside() const { return beside_; }
  std::string const& name() const { return name_; }
  std::uint32_t object() const { return object_; }

  /// Whether the elements take part in runs, from the next one on.
  bool is_active() const { return active_; }
  void set_active(bool active) { active_ = active; }

  /// What messages call an element.
  virtual std::string_view element_word() const = 0;

  /// How many elements there are: synapses may be more than 32 bits count.
  std::size_t size() const { return size_; }
  int partitions() const { return static_cast<int>(extents_.size()); }
  std::size_t begin(int partition) const { return extent(partition).begin; }
  std::size_t end(int partition) const { return extent(partition).end; }
  /// Where partitions begin, and where the last one ends; or one for all elements, which are
  /// fewer than 2^32.
  std::vector<std::uint32_t> partition_bounds(bool as_one) const;
  /// Whether equal places belong to equal partitions.
  bool divided_like(element_group const& other) const { return extents_ == other.extents_; }
  /// The partition that owns a place, which has to be an element's.
  int owner(std::size_t place) const;
  /// By place: the number of the element, as users count. Null where it is the place itself.
  /// Found where it is not known yet, and forgotten in the next run where that does not ask: not to
  /// be called by several threads.
  virtual std::uint32_t const* numbers() const { return numbers_; }
  engine::numbering numbering() const { return engine::numbering{numbers()}; }
  /// Writes the numbers of the elements at places [begin, end) of a partition, without finding
  /// those of all.
  virtual void read_numbers(std::size_t begin, std::size_t end, std::size_t* to) const {
    for (std::size_t place = begin; place < end; ++place)
      *to++ = numbers_ == nullptr ? place : numbers_[place];
  }
  /// Writes the places of the neurons at an end of the synapses at places [begin, end) of a
  /// partition, without finding those of all.
  virtual void read_ends(ir::side, std::size_t, std::size_t, std::int32_t*) const {}
  /// The places of elements by their numbers. \throws std::length_error as `require_listable`
  std::vector<std::uint32_t> places() const;

  /// \throws std::length_error for more elements than lists of them may have, which `what` would
  /// make.
  void require_listable(char const* what) const;

  /// By symbol of the model: the array of a variable (null if it has none), and the value of a
  /// shared one.
  ir::list<Real*> const& arrays() const { return array_; }
  Real* array(std::string_view id) const;
  ir::list<double>& values() { return value_; }
  ir::list<double> const& values() const { return value_; }
  /// By symbol: where a linked variable comes from.
  ir::list<linkage<Real>> const& linked() const { return linked_; }
  virtual void link(int symbol, linkage<Real> to);
  bool is_linked_to(element_group const& other) const;
  /// Lets linked variables be those of the others, wherever these are by now.
  void follow_links();
  /// Gives the values of a timed array.
  void give(int symbol, given_table values);
  /// Sets the length of a step of the network, which is known from the start.
  void set_dt(double dt);
  double network_dt() const { return network_dt_; }
  /// Sets that of a step of this group, 0 for that of the network, at a step of the network. It has
  /// been checked.
  virtual void set_own_dt(double dt, std::int64_t now);
  /// The tables of subexpressions, as they were made for the latest run.
  std::vector<table_report> tables() const;
  double own_dt() const { return own_dt_; }
  double dt() const { return dt_; }
  /// Whether steps of length `own` can be those of a group, in a network with steps of another one:
  /// 0, or a multiple of it (within 1e-4 of it).
  static bool can_make_steps(double own, double network);
  /// \throws std::invalid_argument where they cannot.
  void require_own_dt(double own, double network) const;
  /// In how many steps of the network this group makes one, and whether it does so in that one.
  std::int64_t stride() const { return stride_; }
  bool makes_step(std::int64_t step) const { return stride_ == 1 || step % stride_ == 0; }

  /// Computes what stays the same during a run: scalars and propagators.
  /// \throws std::logic_error for a linked variable or a timed array that was not given,
  /// std::invalid_argument for times that do not fit dt and for coefficients of equations that are
  /// not finite.
  virtual void prepare(double dt);
  /// Lets memory hold scaled states without their scales in the updates from step `step` on, where
  /// they may. At the end `restore_scales` makes them what users see; scales are 1 then.
  void let_scale(bool may_scale, std::int64_t step);
  void restore_scales(std::int64_t step);
  /// The scale of a state or, for adding to it, the inverse.
  kernel::state_scale<Real> scale_of(int state, ir::role which) const;
  std::int64_t first_scaled() const { return first_scaled_; }
  /// Executes one of the kernels of the model for a partition.
  virtual void execute(int kernel, int partition, kernel::step_context const& now);
  /// Whether a kernel is executed in a step of the network in which the group makes one.
  bool is_due(int kernel, std::int64_t step) const;

  /// What an interpreter sees of these elements, and what it sees in all at a time.
  scope<Real> view() const;
  virtual environment<Real> at(double time, std::int64_t step) const;
  /// The leaves of the expressions of the model, by symbol.
  ir::list<leaf> const& leaves() const { return leaves_; }
  /// What an expression means by a name: see `name_scope`.
  virtual name_scope names() const { return {.here = &model_}; }
  /// Whether any of them can ever fire.
  virtual bool has_spikes() const { return model_.has_spikes(); }
  /// What is known of the spikes of these elements, if they have any.
  virtual kernel::spike_history<Real> spikes() const { return {}; }

  virtual std::size_t memory_bytes() const;
  /// Called where others refer to elements by their places, which must not change any more.
  virtual void pin() {}
  /// Where a variable can be set, by place; null where it cannot.
  virtual Real* array_to_set(int symbol) { return array_[symbol]; }
  virtual bool can_be_set(int symbol) const {
    return ir::is_stored(model_.variables[symbol].symbol.kind);
  }
  /// Called once it has been.
  virtual void was_set(int) {}
  /// \throws std::invalid_argument for a value that the model does not allow; `where` says whose it
  /// is, as in " for neuron 3".
  void require_bound(int symbol, double value, std::string_view where = {}) const;
  /// The same of the values of elements, those that are other ones than `before`, which is by place
  /// and may be null.
  void require_bounds_of(int symbol, Real const* before) const;
  /// The same of all variables, before a run.
  virtual void require_bounds() const;
  /// Called before a shared variable gets another value.
  virtual void before_setting(int) {}
  /// Makes what expressions about the ends of synapses need.
  virtual void require_ends() {}
  /// Called where something comes to depend on when resets of these elements happen.
  virtual void await_resets() {}
  /// What lets events act that elements send to themselves; null where they send none.
  virtual event_receiver<Real>* events() const { return nullptr; }
  /// What users hold of these elements.
  detail::handle<element_group> group_handle() const { return handles_.get(); }

 protected:
  struct extent_t {
    std::size_t begin, end;
    friend bool operator==(extent_t const&, extent_t const&) = default;
  };
  extent_t const& extent(int partition) const {
    return extents_[static_cast<std::size_t>(partition)];
  }
  /// Makes the arrays of the group's own variables, of `initial(array)` everywhere, for these
  /// partitions.
  void allocate(std::size_t size, std::vector<extent_t> extents);
  virtual Real initial(int array) const;
  /// Lets a variable be that of other elements, which `where` finds.
  void point(int symbol, Real* array, kernel::link const& where);
  detail::kernel_arguments<Real> arguments(kernel::step_context const& now) const;
  /// What a partition of the elements finds.
  virtual detail::kernel_arguments<Real> arguments(kernel::step_context const& now, int) const {
    return arguments(now);
  }
  /// What kernels count as the step, in a step of the network.
  virtual std::int64_t counted(std::int64_t step) const { return step; }
  std::string label(int symbol) const;
  void find_due_steps(double dt);
  ir::list<double> scalars_of_run() const;
  kernel::compiled_model const& model_;
  detail::kernel_launch<Real> const* launches_;
  detail::device_launch<Real> const* device_launches_;
  preparation<Real> preparation_;
  std::shared_ptr<void> beside_;
  std::int64_t first_step_ = 0;  ///< the step that kernels count from
  std::size_t size_ = 0;
  mutable std::uint32_t const* numbers_ = nullptr;  ///< as far as they are known
  detail::host_array<std::uint8_t> open_;  ///< a bit for each element that is not refractory

  // By the model's number of the array.
  ir::list<detail::host_array<Real>> storage_;
  ir::list<Real*> kernel_array_;
  ir::list<kernel::link> kernel_link_;
  kernel::synapse_end<Real> const* ends_ = nullptr;  ///< of synapses
  double const* const* elsewhere_ = nullptr;  ///< by symbol: shared variables of their neurons

  // By symbol.
  ir::list<Real*> array_;
  ir::list<double> value_;
  ir::list<leaf> leaves_;
  ir::list<kernel::link> link_;
  ir::list<Real> scalar_;                      ///< by number of the scalar
  ir::list<kernel::state_scale<Real>> scale_;  ///< of scales; empty where all are 1
  std::int64_t first_scaled_ = 0;              ///< the step before which they were 1

 private:
  template <class>
  friend class state_pass;
  friend struct device::mirror;
  bool is_element(std::size_t place) const;
  void require_given() const;
  void require_held(double dt) const;
  friend struct preparation<Real>;
  void forget_scales();
  void compute_propagators();
  void compute_propagator(kernel::propagator const& p);
  void make_inversions(ir::list<double> const& scalars);
  void make_tables();
  void make_table(int which);
  void make_table_within_error(int which);
  bool make_table(int which, int pieces);
  void enter(int which, value_table made);
  [[noreturn]] void refuse_error_of_table(int which) const;
  bool is_tabulated(int symbol) const;
  [[noreturn]] void refuse_coefficients(int state, std::string_view method, double found,
                                        std::string_view where) const;
  void require_finite(kernel::propagator const& p, ir::span<double const> matrix,
                      std::size_t element) const;

  ir::span<brian::constant const> constants_;
  executor run_;
  std::string name_;
  std::uint32_t object_;
  std::vector<extent_t> extents_;  ///< by partition
  ir::list<linkage<Real>> linked_;
  ir::list<given_table> given_;
  ir::list<kernel::timed_table> table_;
  std::vector<value_table> tabulated_;  ///< by number of the table of a subexpression
  std::vector<inversion> inversions_;   ///< by number of the distribution
  ir::list<kernel::inversion_table> inversion_table_;
  std::vector<scale_table<Real>> scale_table_;  ///< by number of the scaled state
  ir::list<due_steps> due_;                     ///< by number of the timed action
  double network_dt_ = 0, own_dt_ = 0, dt_ = 0;
  std::int64_t stride_ = 1;
  bool active_ = true;
  detail::handle_source<element_group> handles_;
};

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/element_group-inl.hpp>
#include <nernst/engine/scaled_states-inl.hpp>
#include <nernst/engine/value_table-inl.hpp>
#endif
