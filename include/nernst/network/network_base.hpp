// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/accelerator.hpp>
#include <nernst/engine/clock.hpp>
#include <nernst/engine/synapse_rows.hpp>
#include <nernst/engine/team_size.hpp>
#include <nernst/engine/watch.hpp>
#include <nernst/network/connect/any_rule.hpp>
#include <nernst/network/input/poisson_input.hpp>
#include <nernst/network/memory.hpp>
#include <nernst/network/population_slice.hpp>
#include <nernst/network/profile.hpp>
#include <nernst/network/record/new_record.hpp>
#include <nernst/network/report.hpp>
#include <nernst/network/snapshot.hpp>
#include <nernst/network/values.hpp>

#include <exception>
#include <type_traits>

namespace nernst {

/// How far roundings may be saved. By default they are those of the equations as they are written
/// and of Brian 2; `fast` lets the engine compute less where that rounds otherwise, which no model
/// can mean: see docs/exactness.md.
enum class exactness : std::uint8_t { same_as_brian, fast };

/// How a network is simulated.
struct network_options {
  ir::quantity<"s"> dt{1e-4};  ///< the length of a step, see `network::set_dt`
  /// Of everything random; the same seed gives the same spikes on any number of threads.
  std::uint64_t seed = 0;
  bool profile = false;  ///< whether runs measure what takes their time, see `network::profile`
  nernst::exactness exactness = nernst::exactness::same_as_brian;
};

template <class Real>
struct projection_outline;
template <class Real>
class projection_base;

namespace engine {
template <class Real>
struct network_parts;
template <class Real>
struct task;
template <class Real>
struct task_time;
template <class Real>
class lookout;
template <class Real>
class state_pass;
class archive;
class callback;
template <class Real>
struct connected_elements;
}  // namespace engine

namespace detail {

/// A reporter of any type.
struct any_reporter {
  void const* reporter;
  void (*call)(void const* reporter, report::progress_info const&);
  double period;
  bool may_look;  ///< at the network, while it runs

  template <class Reporter>
  static any_reporter of(Reporter const& reporter) {
    constexpr bool is_known =
        std::is_same_v<Reporter, report::none_t> || std::is_same_v<Reporter, report::progress_t>;
    return {&reporter, &call_of<Reporter>, report::throttle(reporter).period(), !is_known};
  }
  void operator()(report::progress_info const& info) const { call(reporter, info); }

 private:
  template <class Reporter>
  static void call_of(void const* reporter, report::progress_info const& info) {
    (*static_cast<Reporter const*>(reporter))(info);
  }
};

}  // namespace detail

/// A network, whatever its models and its execution space.
template <class Real>
class network_base {
 public:
  network_base(network_base const&) = delete;
  network_base& operator=(network_base const&) = delete;

  /// Simulated time since the start, in seconds; in functions that are called in a run that of the
  /// step.
  double time() const { return running_ ? state_.time : clock_.now(); }
  double dt() const { return clock_.dt(); }
  /// Goes on with steps of another length. The time has to be a multiple of it, as in Brian 2.
  /// Everything that is counted in steps is counted anew: delays, refractory periods, periods and
  /// times of actions, spikes under way.
  /// \throws std::invalid_argument unless dt > 0 and the time is a multiple of it (within 1e-4 dt),
  /// std::logic_error during a run.
  void set_dt(ir::quantity<"s"> dt);
  /// All that runs and users change: time, values, spikes under way, delays, timed arrays, random
  /// numbers, records. \throws std::logic_error during a run.
  snapshot store();
  /// The same into a file. \throws std::runtime_error
  void store(std::string const& path) { store().save(path); }
  /// Goes on from there, on any number of threads. Records that are not in it begin anew.
  /// \throws std::runtime_error for the state of a network that differs from this one, which then
  /// stays as it is; std::logic_error during a run.
  void restore(snapshot const& from);
  void restore(std::string const& path) { restore(snapshot::load(path)); }
  /// Lets random numbers be others from now on. \throws std::logic_error during a run.
  void set_seed(std::uint64_t seed);
  /// New elements of a kind that the network does not know itself: `make(outline, executor,
  /// partitions)` makes them. An outline without a name gets one.
  template <class Make>
  detail::population_slice<Real> install(population_outline<Real>&& outline, Make const& make) {
    complete(outline);
    return enter(make(static_cast<population_outline<Real> const&>(outline), run_, threads_));
  }
  /// Records the sums of a variable of such elements: of those with the numbers n, n + count, n + 2
  /// count and so on, for each of the first `count`. The period is in seconds, 0 for every step.
  state_record<Real> record_sums(detail::population_slice<Real> const& of, std::string variable,
                                 std::uint32_t count, double period);
  /// The number of threads that work on a step.
  int threads() const { return threads_; }
  /// What is done in a step of the next run, a line for each task: its slot, what, of which object.
  std::string schedule() const;
  /// Ends the run under way at the end of the step: for functions that are called in it.
  void stop() { stopped_ = true; }
  /// Whether the last run was ended by Ctrl-C (SIGINT).
  bool interrupted() const { return interrupted_; }
  /// What all runs have spent their time on, the longest first; nothing unless the network was made
  /// with `.profile = true`.
  std::vector<profile_entry> profile() const;
  /// What each object holds, in bytes.
  std::vector<memory_entry> memory() const;

 protected:
  /// With an accelerator, which may be null, that makes the steps.
  network_base(network_options const& options, executor const& run,
               std::unique_ptr<engine::accelerator<Real>> device = nullptr);
  ~network_base();

  /// New neurons; an outline without a name gets one.
  detail::population_slice<Real> add(population_outline<Real>&& outline);
  /// Elements that synapses connect, as users chose them and as they are stored.
  struct synapse_end {
    detail::group_slice<Real> chosen;
    engine::connected_elements<Real> stored;
  };
  /// New synapses, all with one delay in seconds; an outline without a name gets one.
  detail::handle<projection_base<Real>> connect(projection_outline<Real>&& outline,
                                                synapse_end const& source,
                                                synapse_end const& target,
                                                detail::any_rule const& rule, double delay);
  void add(std::unique_ptr<engine::callback> function);
  void set_own_dt(detail::group_slice<Real> const& of, double dt);
  /// New Poisson input to a variable of neurons, from `number` neurons for each.
  nernst::poisson_input<Real> add(values<Real> const& target, std::uint64_t number,
                                  language::written_expression const& rate,
                                  language::written_expression const& weight);
  /// \throws std::invalid_argument for what belongs to another network.
  void require_own(detail::group_slice<Real> const& of, char const* asked) const;
  /// See `network::grow`, `network::connect_more`, `network::remove`.
  detail::population_slice<Real> grow(detail::population_slice<Real> const& of,
                                      std::uint32_t count);
  connection_request request_for(projection_base<Real> const& synapses);
  void connect_more(projection_base<Real>& synapses, connection_list const& more);
  void remove(projection_base<Real>& synapses, std::vector<char> const& chosen);
  spike_record record_spikes(detail::population_slice<Real> const& of, keep what);
  spike_record record_spikes(detail::population_slice<Real> const& of,
                             detail::spike_values const& wanted);
  spike_record record_event(detail::population_slice<Real> const& of, std::string_view event,
                            keep what);
  spike_record record_event(detail::population_slice<Real> const& of, std::string_view event,
                            detail::spike_values const& wanted);
  rate_record record_rate(detail::population_slice<Real> const& of);
  state_record<Real> record_states(detail::group_slice<Real> const& of,
                                   detail::state_request const& wanted);
  void record_now(detail::state_store<Real>& record);
  void simulate(double duration, detail::any_reporter const& reporter, watch what);

  detail::network_state state_;
  executor run_;

 private:
  /// Gives what is to be entered next a number and, where it has none, a name.
  void complete(population_outline<Real>& outline) const;
  detail::population_slice<Real> enter(std::unique_ptr<population_base<Real>> made);
  std::uint32_t next_object() const;
  /// Gives what is to be connected next a number and, where it has none, a name.
  void complete(projection_outline<Real>& outline) const;
  synapse_limit limit_of(projection_outline<Real> const& outline,
                         engine::connected_elements<Real> const& source,
                         engine::connected_elements<Real> const& target) const;
  static bool is_in_places(engine::connected_elements<Real> const& source,
                           engine::connected_elements<Real> const& target);
  connection_request request_between(detail::group_slice<Real> const& source,
                                     detail::group_slice<Real> const& target) const;
  static void require_no_source_variables(projection_outline<Real> const& synapses,
                                          engine::connected_elements<Real> const& source);
  static void require_before_update(projection_outline<Real> const& synapses,
                                    engine::connected_elements<Real> const& end, ir::side part);
  spike_record record_log(detail::population_slice<Real> const& of,
                          detail::spike_place const& where, keep what);
  spike_record record_log(detail::population_slice<Real> const& of,
                          detail::spike_place const& where, detail::spike_values const& wanted);
  void watch_states(detail::group_slice<Real> const& of,
                    std::shared_ptr<detail::sampling_store> made);
  void require_no_run(char const* asked) const;
  void rebuild(projection_base<Real>& synapses, std::vector<std::uint32_t> const& sources,
               std::vector<std::uint32_t> const& targets, std::vector<std::uint32_t> const& before);
  template <class Report>
  void simulate_steps(std::int64_t begin, std::int64_t end, report::throttle& throttle,
                      engine::lookout<Real>& watching, Report const& report);
  std::int64_t simulate_piece(std::int64_t steps, ir::list<engine::task<Real>> const& tasks,
                              engine::lookout<Real>& watching);
  std::int64_t simulate_tasks(std::int64_t steps, ir::list<engine::task<Real>> const& tasks,
                              int first, int last, engine::lookout<Real>& watching);
  void call(engine::callback& function);
  void add_time(engine::task_time<Real> const& spent);
  std::int64_t steps_before_call(std::int64_t most) const;
  void enter_step(std::int64_t step);
  std::string outline() const;
  void keep_state(engine::archive& a);
  void keep_records(engine::archive& a);
  void go_to(clock const& then);
  void remember_delays();
  void let_users_look();
  void let_host_see();
  void look_everywhere(engine::lookout<Real>& watching) const;
  void start_piece(std::int64_t step, std::int64_t count, std::int64_t series);
  bool may_scale(population_base<Real> const& neurons) const;
  bool nobody_looks_at(engine::element_group<Real> const& synapses, std::int64_t steps) const;
  /// \throws std::invalid_argument for elements of another network.
  void require_own(synapse_end const& source, synapse_end const& target) const;
  detail::handle<projection_base<Real>> add(projection_outline<Real>&& outline,
                                            engine::connected_elements<Real> const& source,
                                            engine::connected_elements<Real> const& target,
                                            connections&& made, double delay);
  synapse_rows rows_of(connections&& made, engine::connected_elements<Real> const& source,
                       engine::connected_elements<Real> const& target, bool as_one) const;
  static void place(connection_list& list, engine::connected_elements<Real> const& source,
                    engine::connected_elements<Real> const& target);

  clock clock_;
  exactness exactness_;
  bool running_ = false, stopped_ = false, interrupted_ = false, profiles_ = false;
  ir::list<engine::task_time<Real>> times_;
  std::exception_ptr failure_;  ///< of a function of the user, in the step under way
  int threads_ = 1;
  engine::team_size team_{1};
  std::uint32_t objects_ = 0;
  std::unique_ptr<engine::network_parts<Real>> parts_;
  std::unique_ptr<engine::accelerator<Real>> device_;  ///< null where the host makes the steps
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/network_base-inl.hpp>
#include <nernst/network/record-inl.hpp>
#include <nernst/network/runs-inl.hpp>
#include <nernst/network/store.hpp>
#include <nernst/network/structure.hpp>
#endif
