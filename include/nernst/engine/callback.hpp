// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/due_steps.hpp>
#include <nernst/ir/slot.hpp>

#include <string>
#include <utility>

namespace nernst::engine {

/// A function of the user that is called at regular times, in a slot of the step, while no thread
/// works.
class callback {
 public:
  callback(double period, ir::instant when) : period_(period), when_(when) {}
  callback(callback const&) = delete;
  callback& operator=(callback const&) = delete;
  virtual ~callback() = default;

  virtual void operator()() = 0;
  ir::instant when() const { return when_; }
  /// \throws std::invalid_argument unless the period is a multiple of dt.
  void prepare(double dt) { due_ = steps_of(dt); }
  void require_dt(double dt) const { static_cast<void>(steps_of(dt)); }
  bool is_due(std::int64_t step) const { return due_(step); }

 private:
  due_steps steps_of(double dt) const { return due_steps::every(period_, dt, "every"); }

  double period_;
  ir::instant when_;
  due_steps due_;
};

template <class Function>
class callback_of final : public callback {
 public:
  callback_of(double period, ir::instant when, Function function)
      : callback(period, when), function_(std::move(function)) {}
  void operator()() override { function_(); }

 private:
  Function function_;
};

}  // namespace nernst::engine
