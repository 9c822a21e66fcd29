// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/bitmap_rows.hpp>
#include <nernst/engine/delivery_order.hpp>
#include <nernst/engine/spike_source.hpp>
#include <nernst/engine/synapse_delays.hpp>
#include <nernst/engine/waiting_spikes.hpp>
#include <nernst/kernel/compiled_model.hpp>
#include <nernst/kernel/step_context.hpp>

#include <algorithm>
#include <limits>
#include <vector>

namespace nernst {
template <class Real>
class projection_base;
}

namespace nernst::engine {

template <class Real>
class state_pass;
template <class Real>
struct arrival;
template <class Real>
struct synapse_needs;

/// Synapses at which a spike arrives that was fired before delays, or the length of a step, have
/// changed.
struct volley {
  std::int64_t step;                    ///< in which it arrives
  std::vector<std::uint32_t> synapses;  ///< their numbers, in the order in which they act
};

/// A pathway of a projection: what its synapses do when a spike, or another event, of the neurons
/// at one end of them arrives. All have one delay, or each its own; what is under way when delays
/// change arrives when it would have.
template <class Real>
class pathway {
 public:
  /// Pathway `number` of the model of the synapses, kernel `kernel` of it.
  pathway(projection_base<Real>& of, int number, int kernel, spike_source* from);

  kernel::pathway_trigger const& trigger() const;
  int kernel() const { return kernel_; }
  /// What it does with the traces of the neuron that has fired, or `none`.
  int trace_kernel() const { return trace_kernel_; }
  /// Whether what a neuron has fired arrives at all its synapses at once.
  bool has_one_delay() const {
    return delays_.number.empty() && finer_.empty() && under_way_.empty();
  }
  spike_source const* source() const { return from_; }
  /// The logs of the event that starts it.
  ir::span<spike_log const> logs() const;
  bool from_source() const { return trigger().end == ir::side::pre; }

  /// The delay of each synapse by number, or that of all, in seconds.
  std::vector<double> delays() const;
  /// Gives new synapses their delay, at the time of step `now`. (What compilers need for different
  /// ones, they need only where somebody sets them.) \throws as `set_delays`
  void begin(double seconds, std::int64_t now);
  /// Sets them, at the time of step `now`. One delay is kept as it is; of many each is rounded to a
  /// whole number of steps. \throws std::invalid_argument for a wrong number of them, and what is
  /// negative or no number; std::length_error beyond 2^53 steps.
  void set_delays(std::vector<double> const& seconds, std::int64_t now);
  /// The same for those of all synapses, which a collector has been given.
  void set_delays(delay_collector each, std::int64_t now);
  delay_collector collect_delays() const;
  /// The longest, in steps.
  std::int64_t longest() const { return wait(0); }
  /// Whether the owner of synapses finds all spikes that reach them in the log of its own neurons.
  bool reads_own_logs() const;

  /// Called before synapses move to other places, and behind that.
  void forget_places();
  void find_places();
  /// In between, where synapses get other numbers: by number, that from before, or `new_synapse`.
  /// New ones have the shortest of the delays.
  void renumber(std::vector<std::uint32_t> const& before);
  static constexpr std::uint32_t new_synapse = 0xFFFFFFFF;

  /// Called before steps in which spikes of targets act at once: lists the synapses of each target.
  /// Returns whether they had not been.
  bool require_lists();
  /// Called before the steps from `step` on, once the logs of the source are ready for them.
  void start(std::int64_t step);
  /// Lets the spikes that arrive in this step act on the synapses of a partition: by rising number
  /// of the neuron that fired, for each in the order in which its synapses were made.
  void deliver(int partition, kernel::step_context const& now);

  /// Makes volleys of the spikes under way at the start of a step, and forgets where they came
  /// from.
  void gather(std::int64_t step);
  /// \throws std::length_error where delays are too long for steps of that length.
  void require_dt(double dt) const;
  /// Goes on with steps of another length, where the one to come is no longer number `from`, but
  /// `to`. What is under way has been gathered.
  void change_dt(double dt, std::int64_t from, std::int64_t to);
  /// Whether synapses are found by lists, so that those need to know their neurons.
  bool is_listed() const { return !lists_.empty() || !under_way_.empty(); }
  std::size_t memory_bytes() const;

  /// Whether a spike of a source reaches all synapses of its row at once.
  bool reaches_whole_rows() const { return lists_.empty() && runs_.empty(); }
  /// The rows as bits, where there are and so many spikes arrive that these are faster, else null.
  bitmap_rows const* bitmaps_for(arrival<Real> const& spikes) const;
  /// Memory for the spikes of a step on a partition.
  std::vector<Real>& room(int partition) const {
    return room_[static_cast<std::size_t>(partition)];
  }
  /// Whether a source may have several synapses with one target.
  bool may_repeat_targets() const { return may_repeat_targets_; }
  /// Whether synapses and their targets take more memory than caches hold, and each spike reaches
  /// so many that it is worth while to look for those of the next ones.
  bool looks_ahead() const { return looks_ahead_; }
  /// Asks memory for what the spikes behind number `now` need: the synapses of a later one, and the
  /// targets of the next.
  void look_ahead(arrival<Real> const& spikes, std::size_t now) const;
  /// The synapses of a partition that a spike of a neuron reaches with the delay of that number.
  synapse_part reached(int partition, std::uint32_t neuron, std::uint32_t delay) const;

 private:
  template <class>
  friend class state_pass;
  friend struct device::mirror;
  friend struct synapse_needs<Real>;
  std::int64_t turn_of_source() const;
  bool acts_before_event() const;
  bool acts_before_update() const;
  /// How many steps after it was fired a spike with the delay of that number arrives.
  std::int64_t wait(std::size_t delay) const {
    return std::max(steps_[delay] + late_, least_wait_);
  }
  /// For each delay and partition of the source, the log entry that a partition reads next.
  std::uint32_t const** cursors(int partition, std::size_t delay);
  int stride() const { return (logs().size() + 15) / 16 * 16; }
  void take_delays(synapse_delays delays, double dt);
  void count_steps(double dt);
  void find_lists();
  void find_bitmaps();
  void forget_bitmaps() {
    bitmaps_ = {};
    has_looked_for_bitmaps_ = false;
  }
  void find_far_arrays();
  /// Whether a spike reaches few synapses of its row at a time.
  bool has_short_runs() const;
  /// Asks memory for what stands in [first, end): into the second cache, which waits for more lines
  /// at a time than the first one.
  template <class T>
  static void ask(T const* first, T const* end);
  void find_repeated_targets();
  void list_synapses();
  void find_order();
  void find_runs();
  void sort_lists();
  void deliver_volley(int partition, kernel::step_context const& now);
  void arrive(int partition, std::uint32_t neuron, std::size_t delay,
              kernel::step_context const& now);
  void wait_for_sources(int partition, std::uint32_t const** next, int logs,
                        kernel::step_context const& now);

  projection_base<Real>& of_;
  int number_, kernel_, trace_kernel_;
  spike_source* from_;
  int event_;  ///< of the source: looked up once, as every step asks
  /// 1 where the pathway has had its turn in a step when the source fires: delays count from the
  /// next step then, as in Brian 2. -1 where the source sends events, which it does at the start of
  /// a step: a delay counts from there, as in NEURON.
  std::int64_t late_;
  std::int64_t least_wait_;  ///< 1 where spikes of a step are not known yet when it has its turn
  synapse_delays delays_;
  std::vector<std::int64_t> steps_{0};  ///< the delays that occur, in steps
  std::vector<double> finer_;           ///< of each synapse, where steps are too long to tell
  delay_runs runs_;                     ///< empty where all have one delay
  synapse_lists lists_;                 ///< by slot; empty where nobody looks into them
  bitmap_rows bitmaps_;
  bool has_looked_for_bitmaps_ = false;
  std::uint32_t enough_spikes_ = 0;  ///< for bitmaps, in a step
  bool looks_ahead_ = false;
  mutable std::vector<std::vector<Real>> room_;
  std::vector<std::vector<reached_row>> rows_;  ///< those of a step, by partition
  bool may_repeat_targets_ = true, knows_targets_ = false;
  /// By side: the arrays of synapses and targets that it works on.
  ir::list<Real const*> far_[2];
  ir::list<std::uint32_t const*> cursors_;
  bool placed_ = true;
  std::vector<volley> under_way_;                                          ///< ascending
  std::vector<std::vector<std::vector<std::uint32_t>>> places_under_way_;  ///< by partition, volley
  /// Spikes that were fired before do not count, but for volleys. None does until delays are set.
  std::int64_t first_step_ = std::numeric_limits<std::int64_t>::max();
};

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/pathway-inl.hpp>
#include <nernst/engine/pathway_delivery-inl.hpp>
#endif
