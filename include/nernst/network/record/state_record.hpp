// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/element_set.hpp>
#include <nernst/engine/record_store.hpp>

#include <memory>

namespace nernst {

namespace engine {
template <class Real>
class element_group;
template <class Real>
class named_value;
}  // namespace engine

namespace detail {

/// Values of some neurons, once in each step or in each k-th.
template <class Real>
struct state_store : row_store<Real> {
  using row_store<Real>::arrays;
  using row_store<Real>::stored;
  using row_store<Real>::every;
  using row_store<Real>::name;
  using row_store<Real>::when;

  /// An element that is no longer there: it has no more values.
  static constexpr std::uint32_t nobody = 0xFFFFFFFF;

  element_set set;  ///< the neurons that are counted
  std::vector<recorded_variable> variables;
  /// By partition: one for each variable that is null, in order.
  std::vector<std::vector<engine::named_value<Real>>> computed;
  engine::element_group<Real>* of = nullptr;  ///< of the network
  std::vector<std::uint32_t> neuron;          ///< numbers in the group, in the order asked for
  double period = 0;                          ///< in seconds; 0 for every step
  /// The first step is that of the first row; the ends are not kept.
  std::vector<stretch> stretches;
  std::size_t passed_on = 0;  ///< rows that are in the file
  std::vector<Real> data;     ///< rows x variables x neurons
  record_file<state_store> file;

  void change_dt(double dt, std::int64_t step) override;
  void prepare(double dt) override;
  void renumber(std::vector<std::uint32_t> const& now) override;
  void reserve(std::int64_t end) override;
  void cut(std::int64_t end) override { reserve(end); }
  Real* row_of(std::int64_t step) override;
  /// Where the values of a row go in a step.
  virtual Real* at_row(std::size_t row) { return data.data() + (row - passed_on) * this->row(); }
  void record(int partition, std::uint32_t begin, std::uint32_t end,
              kernel::step_context const& now) override;
  void collect(std::int64_t) override {}
  /// Takes one row between two runs.
  void record_now(engine::element_group<Real> const& group, kernel::step_context const& now);
  void pass_on() override { file.append_from(*this); }
  std::size_t memory_bytes() const override { return data.capacity() * sizeof(Real); }

  // For snapshots: see `kept_record`.
  std::string key() const;
  void pass(engine::archive& through);
  void begin_anew(double dt, std::int64_t step);

  std::size_t row() const { return variables.size() * neuron.size(); }
  std::size_t rows() const { return rows_; }
  std::vector<std::uint32_t> numbers() const;
  double time(std::size_t row) const;
  std::vector<double> times(std::size_t from) const;
  /// The rows in memory of one variable, row by row or neuron by neuron.
  std::vector<Real> values(std::size_t place, bool by_neuron) const;
  void stream_to(std::string const& path);
  void append_to_file();
  /// \throws std::logic_error if the rows went to a file.
  void require_rows() const;
  /// \throws std::out_of_range for what was not recorded.
  void require_step(std::size_t step) const;
  void require_variable(std::size_t place) const;
  void require_neuron(std::size_t place) const;
  std::string recorded_neurons() const;
  /// The place of a neuron of the slice. \throws std::out_of_range
  std::size_t place_of_neuron(std::uint32_t number) const;

 private:
  void begin_stretch(double dt, std::int64_t step);
  std::size_t rows_until(std::int64_t end) const;
  void take(Real* out, int partition, std::uint32_t begin, std::uint32_t end,
            kernel::step_context const& now, bool updated);

  std::size_t rows_ = 0;
};

}  // namespace detail

/// Variables of some neurons, once in every step since `record`, or in every k-th. Copies speak of
/// the same record, which may outlive its network.
///
/// What asks for values is a std::logic_error once they are passed on to a file.
template <class Real>
class state_record {
 public:
  explicit state_record(std::shared_ptr<detail::state_store<Real>> s) : store_(std::move(s)) {}

  /// The number of recorded steps.
  std::size_t steps() const;
  /// What was recorded, in the order asked for: names and units of variables, and numbers of
  /// neurons in their slice.
  std::vector<std::string> variables() const;
  std::vector<std::string> units() const;
  std::vector<std::uint32_t> neurons() const;
  /// The time of a recorded step in seconds, and of all. \throws std::out_of_range
  double time(std::size_t step) const;
  std::vector<double> times() const;

  /// The value (SI units) of recorded variable `variable` of recorded neuron `neuron`, both counted
  /// in the order asked for, at a recorded step. \throws std::out_of_range for what was not
  /// recorded.
  double at(std::size_t step, std::size_t variable, std::size_t neuron) const;
  /// The values of a variable in all recorded steps, for the neuron with that number in the slice.
  /// \throws std::out_of_range for what was not recorded.
  std::vector<double> trace(std::string_view variable, std::uint32_t neuron) const;
  template <class Variable>
    requires requires { Variable::id(); }
  std::vector<double> trace(Variable const&, std::uint32_t neuron) const {
    return trace(std::string_view(Variable::id()), neuron);
  }

  /// Writes a .npy file of shape (variables, neurons, steps); one variable: (neurons, steps). Or a
  /// .npz file with 't' (steps), 'i' (neurons) and each variable (neurons, steps), or a .csv file
  /// with a line for each step.
  /// \throws std::invalid_argument for another ending, std::runtime_error when it cannot be
  /// written.
  void save(std::string const& path) const;
  /// From now on values are appended to a file during a run, and forgotten: a .npy file with a
  /// record of 't' and each variable (neurons) for each step, or a .csv file. When it cannot be
  /// written the run ends with a std::runtime_error: what was written before can be read, the rest
  /// is kept, and the next run tries again.
  void stream_to(std::string const& path) const;
  /// Whether values are recorded, from the next run on.
  void active(bool on) const { store_->active = on; }
  bool active() const { return store_->active; }

  detail::state_store<Real>& store() const { return *store_; }

 private:
  void save_array(std::string const& path) const;

  std::shared_ptr<detail::state_store<Real>> store_;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/record/state_record-inl.hpp>
#endif
