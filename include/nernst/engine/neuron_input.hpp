// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/bound_expression.hpp>
#include <nernst/engine/handle.hpp>

#include <optional>

namespace nernst::engine {

/// Where input goes, and what it depends on.
template <class Real>
struct input_outline {
  element_group<Real>* target;
  element_set set;                             ///< which of its elements
  int symbol;                                  ///< of the variable
  std::optional<bound_expression> expression;  ///< of a weight that is no number
  std::uint32_t object;                        ///< the number that its random numbers depend on
};

/// What comes to neurons in each step without synapses, the task `inject`. An interface, so that
/// only programs that make an input contain what it does.
template <class Real>
class neuron_input {
 public:
  /// What is named `kind` to people.
  neuron_input(input_outline<Real> outline, char const* kind)
      : of_(std::move(outline)),
        handles_(*this, detail::message({kind, " to ", of_.target->name()})) {}
  neuron_input(neuron_input const&) = delete;
  neuron_input& operator=(neuron_input const&) = delete;
  virtual ~neuron_input() = default;

  input_outline<Real> const& outline() const { return of_; }
  /// Whether it takes part in runs.
  bool is_active() const { return active_; }
  void set_active(bool active) { active_ = active; }
  /// What users hold of it.
  detail::handle<neuron_input> handle() const { return handles_.get(); }

  /// Before a run. \throws std::invalid_argument for what does not fit the time step.
  virtual void prepare() = 0;
  /// For the neurons of a partition.
  virtual void act(int partition, kernel::step_context const& now) = 0;

 private:
  input_outline<Real> of_;
  bool active_ = true;
  detail::handle_source<neuron_input> handles_;
};

}  // namespace nernst::engine
