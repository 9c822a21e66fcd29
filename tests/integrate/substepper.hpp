// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/adaptive_steps.hpp>

#include "stepper.hpp"

namespace nernst::test {

/// Evaluates a plan with substeps for one element of `States` states, as a kernel does: first the
/// substeps, then the update.
template <int States>
class substepper {
 public:
  substepper(ir::model const& m, integrate::plan const& p, double dt)
      : m_(m), plan_(p), dt_(dt), values_(m.symbols.size(), 0.0), attempt_(m.nodes, roots(part_)),
        update_(m.nodes, updated(p)) {
    (*this)["dt"] = dt;
    if (m.find("not_refractory") != ir::none) (*this)["not_refractory"] = 1;
  }

  double& operator[](std::string_view id) {
    int const i = m_.find(id);
    if (i == ir::none) throw std::out_of_range(std::string(id));
    return at(i);
  }

  void run(int steps) {
    for (int s = 0; s < steps; ++s) {
      (*this)["t"] = dt_ * step_++;
      double state[States];
      double length = at(part_.length);
      for (int k = 0; k < States; ++k) state[k] = at(symbol(k));
      attempts_ += kernel::advance(state, length, dt_, part_.order, attempt{*this});
      for (int k = 0; k < States; ++k) at(part_.result[k]) = state[k];
      at(part_.next_length) = length;
      ir::list<double> next(plan_.update.size());
      update_({values_}, next);
      for (int i = 0; i < next.size(); ++i) at(plan_.update[i].symbol) = next[i];
    }
  }

  /// The error of the last substep as a fraction of what is tolerated.
  double estimate() const { return estimate_; }
  /// How many substeps were tried so far.
  int attempts() const { return attempts_; }
  /// The length of the next one.
  double length() { return at(part_.length); }

 private:
  struct environment {
    ir::list<double> const& values;
    double symbol(int i) const { return values[i]; }
    double draw(ir::op, int) const { return NAN; }
  };
  struct attempt {
    substepper& s;
    double operator()(double const (&state)[States], double elapsed, double step,
                      double (&next)[States]) const {
      double before[States], results[States + 1];
      for (int k = 0; k < States; ++k) before[k] = std::exchange(s.at(s.symbol(k)), state[k]);
      s["_elapsed"] = elapsed;
      s["_substep"] = step;
      s.attempt_({s.values_}, results);
      for (int k = 0; k < States; ++k) {
        next[k] = results[k];
        s.at(s.symbol(k)) = before[k];
      }
      return s.estimate_ = results[States];
    }
  };

  static ir::list<int> roots(integrate::adaptive_states const& s) {
    ir::list<int> all = s.value;
    all.push_back(s.error);
    return all;
  }
  static ir::list<int> updated(integrate::plan const& p) {
    ir::list<int> all;
    for (auto const& u : p.update) all.push_back(u.value);
    return all;
  }
  double& at(int symbol) { return values_[symbol]; }
  int symbol(int k) const { return m_.equations[part_.equations[k]].symbol; }

  ir::model const& m_;
  integrate::plan const plan_;
  integrate::adaptive_states const& part_ = plan_.adaptive[0];
  double dt_, estimate_ = 0;
  int step_ = 0, attempts_ = 0;
  ir::list<double> values_;
  ir::interpreter<environment> attempt_, update_;
};

}  // namespace nernst::test
