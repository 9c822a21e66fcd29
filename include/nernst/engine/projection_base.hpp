// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/element_group.hpp>
#include <nernst/engine/element_set.hpp>
#include <nernst/engine/pathway.hpp>
#include <nernst/engine/synapse_needs.hpp>
#include <nernst/engine/synapse_rows.hpp>

#include <memory>

namespace nernst {

namespace engine {

/// The spikes of sources that arrive at a partition in a step, in the order in which they act.
template <class Real>
struct arrival {
  projection_base<Real>& all;
  pathway<Real> const& through;
  int number;  ///< of the pathway
  int partition;
  std::vector<reached_row> const& rows;  ///< by spike
  kernel::step_context const& now;
};

/// The elements of a group that synapses connect, and what their spikes are.
template <class Real>
struct connected_elements {
  element_group<Real>* group;
  spike_source* spikes;  ///< null where the elements do not fire
  element_set set;       ///< their places
  std::uint32_t count;   ///< how many they are: some places may be empty
};

}  // namespace engine

/// What the synapses of a projection are made from.
template <class Real>
struct projection_outline : engine::group_outline<Real> {
  /// Lets spikes act on the synapses of a partition that stand in rows.
  using delivery = void (*)(engine::arrival<Real> const&);

  delivery deliver;
  engine::synapse_needs<Real> needs = {};
};

/// The synapses of a projection, whatever their model. Partition p owns those onto the targets of
/// its partition; one partition owns all where they have to act one after the other. There are rows
/// for all elements between the first source and the last: those of others are empty.
template <class Real>
class projection_base : public engine::element_group<Real> {
  using group = engine::element_group<Real>;

 public:
  using end_t = engine::connected_elements<Real>;

  /// \throws std::logic_error where a pathway is started by elements that do not fire, or have no
  /// such event.
  projection_base(projection_outline<Real> const& outline, executor const& run, end_t const& source,
                  end_t const& target, synapse_rows rows, double dt);

  std::string_view element_word() const override { return "synapse"; }
  std::uint32_t const* numbers() const override;
  void read_numbers(std::size_t begin, std::size_t end, std::size_t* to) const override;
  void read_ends(ir::side side, std::size_t begin, std::size_t end,
                 std::int32_t* to) const override {
    side == ir::side::pre ? rows_.read_sources(begin, end, to) : rows_.read_targets(begin, end, to);
  }
  void prepare(double dt) override;
  /// Called before the steps from `step` on, once the logs of the source are ready for them.
  void start(std::int64_t step);
  /// Adds up a summed variable for the neurons of a partition of its group.
  void add_up(int kernel, int partition, kernel::step_context const& now) {
    (this->*needs_.add_up)(kernel, partition, now);
  }
  void execute(int kernel, int partition, kernel::step_context const& now) override;
  /// Lets a kernel act on some synapses of a partition, one after the other.
  void act(int kernel, int partition, engine::synapse_part some,
           kernel::step_context const& now) const;
  /// The same where a spike arrives by them.
  void arrive(int kernel, int partition, engine::synapse_part some,
              kernel::step_context const& now) const {
    if (receiver_ == nullptr) return act(kernel, partition, some, now);
    receiver_->receive(*this, partition, some, now);
  }
  /// Before that, lets a pathway act on the traces of the neuron that has fired, or on those of
  /// its synapses where each has its own.
  void act_on_traces(engine::pathway<Real> const& of, int partition, std::uint32_t neuron,
                     engine::synapse_part some, kernel::step_context const& now) const {
    if (of.trace_kernel() != ir::none)
      (this->*needs_.act_on_traces)(of, partition, neuron, some, now);
  }
  /// Whether each synapse has its own traces of the neuron at an end: where spikes of the neuron
  /// arrive one after the other, and where somebody has made them differ.
  bool is_per_synapse(ir::side side) const { return per_synapse_[number_of(side)]; }
  /// Gives each synapse its own, until the next run.
  void spread_traces(ir::side side) { call(needs_.spread_traces, side); }
  /// Takes over the scales of the neurons' states, which have begun in step `step`.
  void follow_scales(std::int64_t step);
  /// Whether additions may round in another order than spikes arrive in.
  void let_round(bool may_round) { may_round_ = may_round; }
  bool may_round() const { return may_round_; }
  void deliver_rows(engine::arrival<Real> const& a) const { deliver_(a); }
  /// Whether spikes of targets may wait in the steps from `step` on, as nobody looks at synapses
  /// meanwhile. At the end `settle` lets them act.
  void let_wait(bool may_wait, std::int64_t step);
  void settle();
  /// Those of a partition; null where none wait.
  engine::waiting_spikes* waiting(int partition) {
    return waiting_.empty() ? nullptr : &waiting_[static_cast<std::size_t>(partition)];
  }
  void settle_before(int partition, std::int32_t before, std::int32_t until) {
    needs_.settle(*this, partition, before, until);
  }
  engine::synapse_needs<Real> const& needs() const { return needs_; }

  end_t const& end_of(ir::side side) const { return side == ir::side::pre ? source_ : target_; }
  engine::element_group<Real> const& source() const { return *source_.group; }
  engine::element_group<Real> const& target() const { return *target_.group; }
  synapse_rows const& rows() const { return rows_; }
  int pathway_count() const { return static_cast<int>(pathways_.size()); }
  engine::pathway<Real>& pathway(int number) {
    return *pathways_[static_cast<std::size_t>(number)];
  }
  engine::pathway<Real> const& pathway(int number) const {
    return *pathways_[static_cast<std::size_t>(number)];
  }
  /// The pathway of that name. \throws std::invalid_argument
  engine::pathway<Real>& pathway(std::string_view name);
  /// The event of a pathway among those of its neurons; -1 for spikes.
  int event_of(kernel::pathway_trigger const& t) const;

  /// The elements at the ends of each synapse, by their numbers among those that are connected.
  std::vector<std::uint32_t> sources() const;
  std::vector<std::uint32_t> targets() const;
  std::vector<std::uint32_t> elements(ir::side side) const {
    return side == ir::side::pre ? sources() : targets();
  }
  /// The numbers of the elements at an end, by their places.
  kernel::element_numbers numbers_at(ir::side side) const;
  /// How many synapses each element at an end has.
  std::vector<std::uint32_t> counts(ir::side side) const;

  /// Makes the synapses of a list instead, in partitions with these bounds. Synapse k is what
  /// synapse `before[k]` was, with its values, delays and spikes under way, or is a new one. At the
  /// start of step `now`.
  void rebuild(connection_list const& list, std::vector<std::uint32_t> bounds,
               std::vector<std::uint32_t> const& before, std::int64_t now);
  /// \throws std::logic_error where others refer to single synapses.
  void require_changeable() const;

  /// \throws std::logic_error where the states of synapses are kept as sums that are not 0.
  void require_no_totals() const;
  /// \throws std::invalid_argument where another projection makes the same sum: a variable of a
  /// neuron can be one only, as in Brian 2.
  void require_only_sums(typename engine::synapse_needs<Real>::projections const& others) const {
    if (needs_.require_only_sums != nullptr) (this->*needs_.require_only_sums)(others);
  }

  // ---- for pathways

  /// Whether an element may have synapses: it is between the first one and the last.
  bool is_connected(ir::side side, std::uint32_t element) const {
    element_set const& set = end_of(side).set;
    return element - set.begin() < set.span();
  }
  bool owns_target(int partition, std::uint32_t element) const;
  /// Numbers the elements of an end, those of a source by partition of the synapses.
  std::uint32_t slots(ir::side side) const;
  std::uint32_t slot_of_neuron(ir::side side, int partition, std::uint32_t element) const;
  /// The same of the element at the end of a synapse, where it is indexed.
  std::uint32_t slot(ir::side side, std::size_t place) const;
  /// Calls `visit(element)` for the elements that may have synapses of a partition.
  template <class Visit>
  void for_each_neuron(int partition, ir::side side, Visit const& visit) const;
  /// Makes each synapse know its element at an end.
  void require_index(ir::side side);
  void require_ends() override {
    require_index(ir::side::pre);
    require_index(ir::side::post);
  }
  /// Whether rows are sorted by delays, and whether they may be.
  bool is_sorted() const { return sorted_; }
  bool can_sort() const;
  std::vector<synapse_rows::key_runs> sort_rows(detail::packed_numbers const& key);
  void pin() override { pinned_ = true; }

  /// Whether the host's threads make the steps.
  bool works_on_host() const { return this->device_launches_ == nullptr; }
  /// Whether synapses work on all partitions of their targets at once.
  bool is_alone() const { return this->partitions() != target_.group->partitions(); }
  engine::environment<Real> at(double time, std::int64_t step) const override;
  using group::arguments;
  /// The same for the synapses of a partition.
  detail::kernel_arguments<Real> arguments(kernel::step_context const& now,
                                           int partition) const override;
  Real* array_to_set(int symbol) override;
  bool can_be_set(int symbol) const override {
    return group::can_be_set(symbol) || trace_behind(symbol) != ir::none;
  }
  void was_set(int symbol) override;
  void before_setting(int shared) override;
  engine::name_scope names() const override;
  std::size_t memory_bytes() const override;
  /// What users hold of these synapses.
  detail::handle<projection_base> handle() const { return handles_.get(); }

 private:
  template <class>
  friend class engine::state_pass;
  friend struct device::mirror;
  friend struct engine::synapse_needs<Real>;
  /// Calls what the model needs.
  template <class... Parameters>
  void call(void (projection_base::*what)(Parameters...), Parameters... x) {
    if (what != nullptr) (this->*what)(x...);
  }
  /// Where arrays have what belongs to an end.
  static constexpr int number_of(ir::side end) { return end == ir::side::pre ? 0 : 1; }
  void divide();
  void forget_index();
  void forget_numbers();
  bool draws() const;
  void point_at_neurons();
  void fill_counts();
  std::vector<std::uint32_t> counts(ir::side side, std::vector<std::uint32_t> const& element) const;
  void count_per_neuron(ir::role what, ir::side side);
  void number_multisynapses();
  bool needs_index(ir::side side) const;
  void find_sums();
  void make_sums(int kernel, int partition, kernel::step_context const& now);
  void refuse_sums_of(typename engine::synapse_needs<Real>::projections const& others) const;
  /// Calls `visit(symbol, array)` for the traces of the neurons at one end.
  template <class Visit>
  void for_each_trace(ir::side side, Visit const& visit) const {
    for_each_array(ir::role::trace, [&](int symbol, int array) {
      if (model_.variables[symbol].symbol.owner == side) visit(symbol, array);
    });
  }
  template <class Visit>
  void for_each_array(ir::role kind, Visit const& visit) const {
    for (int s = 0; s < model_.variables.size(); ++s) {
      kernel::variable const& v = model_.variables[s];
      if (v.symbol.kind == kind && v.array != ir::none) visit(s, v.array);
    }
  }
  bool has_traces(ir::side side) const;
  std::size_t trace_stride(ir::side side) const;
  std::size_t traces_of(ir::side side) const;
  bool are_few(ir::side side) const;
  static detail::host_array<Real> new_trace(std::size_t size);
  detail::host_array<Real> each_trace(ir::side side,
                                      detail::host_array<Real> const& of_neurons) const;
  void allocate_traces();
  void give_each_its_traces(ir::side side);
  void act_on_those_of(engine::pathway<Real> const& of, int partition, std::uint32_t neuron,
                       engine::synapse_part some, kernel::step_context const& now) const;
  ir::list<int> arrays_by_synapse() const;
  void point_at_traces();
  void list_traces();
  ir::list<kernel::link> links_of_neurons(ir::side side) const;
  void gather_traces(ir::side side);
  bool arrives_at_once(ir::side side) const;
  void place_traces();
  void settle_traces();
  void find_ends();
  void list_synapses();
  void wait_where_possible(std::int64_t step);
  bool is_of_neurons(kernel::scheduled_kernel const& k) const;
  void execute_for_neurons(int kernel, int partition, kernel::step_context const& now) const;
  template <class Visit>
  void for_each_total(Visit const& visit) const {
    for_each_array(ir::role::total, visit);
  }
  int trace_behind(int symbol) const;
  int trace_at(ir::side side, std::string_view id) const;
  void find_order();
  detail::host_array<std::int32_t>& index_of(ir::side side) { return index_[number_of(side)]; }
  detail::host_array<std::int32_t> const& index_of(ir::side side) const {
    return index_[number_of(side)];
  }

  using group::elsewhere_;
  using group::ends_;
  using group::kernel_array_;
  using group::launches_;
  using group::model_;
  using group::numbers_;

  typename projection_outline<Real>::delivery deliver_;
  engine::synapse_needs<Real> needs_;
  std::vector<engine::waiting_spikes> waiting_;  ///< by partition
  end_t source_, target_;
  synapse_rows rows_;
  kernel::synapse_end<Real> end_[2];
  detail::host_array<std::int32_t> index_[2];
  mutable detail::host_array<std::uint32_t> number_;  ///< by place, while somebody asks
  ir::list<double const*> shared_there_;              ///< by symbol: shared variables of neurons
  ir::list<engine::synapse_lists> summed_;            ///< by sum: the synapses of each neuron
  std::vector<std::unique_ptr<engine::pathway<Real>>> pathways_;
  std::vector<std::vector<std::uint32_t>> order_;  ///< by partition, where it is not that of places
  bool sorted_ = false, pinned_ = false, may_round_ = false;
  engine::event_receiver<Real>* receiver_ = nullptr;  ///< where targets send events to themselves
  bool per_synapse_[2] = {false, false};              ///< the traces of an end
  ir::list<ir::list<Real*>> trace_arrays_;  ///< by partition and array: what its kernels find
  ir::list<kernel::link> neuron_links_[4];  ///< by array: what kernels of neurons find, by side
                                            ///< of traces, and `of_totals`
  detail::handle_source<projection_base> handles_;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/engine/projection_base-inl.hpp>
#include <nernst/engine/projection_ends-inl.hpp>
#include <nernst/engine/projection_sums-inl.hpp>
#include <nernst/engine/projection_traces-inl.hpp>
#endif
