// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/flush_denormals.hpp>

#include "projection.hpp"
#include <algorithm>
#include <functional>
#include <memory>

namespace reference {

/// What was recorded of a population: the values of a variable, or the spikes.
struct states {
  population* of;
  int symbol;
  ir::instant when;
  std::vector<std::vector<Real>> rows = {};
};
struct spikes {
  population* of;
  int event;
  std::vector<std::int64_t> steps = {};
  std::vector<std::int32_t> neurons = {};
};

/// A Poisson input.
struct input {
  part to;
  int symbol;
  std::uint64_t number;
  double rate, weight;
  std::uint32_t object;
};

/// Populations, projections and inputs, and the loop over the steps.
class network {
 public:
  network(double dt, std::uint64_t seed) : dt_(dt), seed_(seed) {}

  population& add(kernel::compiled_model const& model, std::uint32_t size) {
    populations_.push_back(std::make_unique<population>(model, size, objects_++));
    return *populations_.back();
  }
  projection& connect(kernel::compiled_model const& model, part source, part target,
                      std::vector<std::int32_t> const& i, std::vector<std::int32_t> const& j,
                      double delay) {
    projections_.push_back(
        std::make_unique<projection>(model, objects_++, source, target, i, j, made_));
    projection& p = *projections_.back();
    p.prepare(dt_);
    for (pathway& way : p.pathways())
      if (is_from_source(p, way)) p.set_delays(way, {delay}, step_);
    return p;
  }
  void add_input(part const& to, int symbol, std::uint64_t number, double rate, double weight) {
    inputs_.push_back({to, symbol, number, rate, weight, objects_++});
  }
  states& record(population& of, int symbol, ir::instant when) {
    states_.push_back(std::make_unique<states>(states{&of, symbol, when}));
    return *states_.back();
  }
  spikes& record_spikes(population& of, int event = -1) {
    spikes_.push_back(std::make_unique<spikes>(spikes{&of, event}));
    return *spikes_.back();
  }
  /// Calls a function in every step whose number is a multiple of the period.
  void every(std::int64_t period, ir::instant when, std::function<void()> work) {
    calls_.push_back({period, when, std::move(work)});
  }

  std::int64_t step() const { return step_; }
  double dt() const { return dt_; }

  void run(std::int64_t steps) {
    kernel::flush_denormals const flushing;
    for (auto const& p : populations_) p->prepare(dt_);
    for (auto const& p : projections_) p->prepare(dt_);
    make_schedule();
    for (std::int64_t n = 0; n < steps; ++n) {
      for (task const& t : schedule_) {
        moment now{static_cast<double>(step_) * dt_,
                   step_,
                   {seed_, t.object, static_cast<std::uint64_t>(made_)}};
        t.work(now);
      }
      for (auto const& s : spikes_) collect(*s);
      ++step_;
      ++made_;
    }
  }
  void set_dt(double dt) {
    auto const to = static_cast<std::int64_t>(std::llround(static_cast<double>(step_) * dt_ / dt));
    for (auto const& p : projections_) p->change_dt(dt, step_, to);
    for (auto const& p : populations_) p->change_dt(dt_ / dt);
    for (auto& c : calls_) c.period = std::llround(static_cast<double>(c.period) * dt_ / dt);
    dt_ = dt;
    step_ = to;
  }

 private:
  /// At one place in the step the library's own parts come first, but for slot `start`, where the
  /// actions of models do; among equals populations, then projections, then records, in the order
  /// in which they were made. Functions of the user come last.
  enum class rank { early_action, part, record, action, call };
  struct task {
    ir::instant when;
    rank at;
    std::uint32_t object;
    std::function<void(moment const&)> work;
  };
  struct call {
    std::int64_t period;
    ir::instant when;
    std::function<void()> work;
  };

  static bool is_from_source(projection const& p, pathway const& way) {
    return p.model().pathways[p.model().kernels[way.kernel].which].end == ir::side::pre;
  }
  void collect(spikes& s) const {
    occurrence const& had = s.of->latest(s.event);
    if (had.made != made_) return;
    for (std::uint32_t const n : had.neurons) {
      s.steps.push_back(step_);
      s.neurons.push_back(static_cast<std::int32_t>(n));
    }
  }

  void make_schedule() {
    schedule_.clear();
    for (auto const& p : populations_) enter(*p);
    for (auto const& p : projections_) enter(*p);
    for (input const& i : inputs_) enter(i);
    for (auto const& s : states_)
      schedule_.push_back({s->when, rank::record, 0, [s = s.get()](moment const& now) {
                             if (now.step % s->of->stride() == 0)
                               s->rows.push_back(s->of->values(s->symbol));
                           }});
    for (call const& c : calls_)
      schedule_.push_back({c.when, rank::call, 0, [&c](moment const& now) {
                             if (now.step % c.period == 0) c.work();
                           }});
    std::stable_sort(schedule_.begin(), schedule_.end(), [](task const& x, task const& y) {
      return x.when != y.when ? x.when < y.when : x.at < y.at;
    });
  }
  void enter(group const& of, ir::instant when, bool is_action,
             std::function<void(moment const&)> work) {
    rank const action = when.when == ir::slot::start ? rank::early_action : rank::action;
    schedule_.push_back({when, is_action ? action : rank::part, of.object(), std::move(work)});
  }
  /// The same, in the steps of the elements only, which neurons count.
  void enter_own(group const& of, ir::instant when, bool is_action, bool counts,
                 std::function<void(moment const&)> work) {
    enter(of, when, is_action, [&of, counts, work = std::move(work)](moment now) {
      if (now.step % of.stride() != 0) return;
      if (counts) now.step /= of.stride();
      work(now);
    });
  }
  /// What synapses do in the steps of the neurons that they make a sum for.
  void enter_sum(projection const& p, kernel::scheduled_kernel const& k,
                 std::function<void(moment const&)> work) {
    group const& neurons = p.summed(k);
    enter(p, k.when, false, [&neurons, work = std::move(work)](moment const& now) {
      if (now.step % neurons.stride() == 0) work(now);
    });
  }
  void enter(population& p) {
    using kernel::trigger;
    kernel::scheduled_kernel const* apart = nullptr;
    for (kernel::scheduled_kernel const& k : p.model().kernels) {
      switch (k.when_executed) {
      case trigger::update:
        enter_own(p, k.when, false, true, [&](moment const& now) { p.update(k, now); });
        break;
      case trigger::threshold:
        apart = &k;
        break;
      case trigger::reset:
        enter_own(p, k.when, false, true, [&](moment const& now) { p.reset(k, now); });
        break;
      case trigger::held:
        enter_own(p, k.when, false, true, [&](moment const& now) { p.execute(k, now); });
        break;
      case trigger::timed:
        enter_own(p, k.when, true, true, [&](moment const& now) {
          if (p.is_due(k, now.step)) p.execute(k, now);
        });
        break;
      case trigger::check:
        enter_own(p, k.when, false, true, [&](moment const& now) { p.check(k, now, made_); });
        break;
      case trigger::act:
        enter_own(p, k.when, true, true, [&](moment const& now) { p.act(k, now); });
        break;
      default:
        break;
      }
    }
    enter_own(p, {ir::slot::thresholds, 0}, false, true,
              [&p, apart, this](moment const& now) { p.threshold(apart, now, made_); });
  }
  void enter(input const& i) {
    population& to = *i.to.of;
    bool const frozen = to.model().variables[i.symbol].symbol.frozen;
    auto const work = [&, frozen](moment const& now) {
      if (now.step % to.stride() != 0) return;
      auto const all =
          nernst::engine::inversion::binomial(static_cast<double>(i.number), i.rate * to.dt());
      for (std::uint32_t const n : i.to.neurons) {
        double const count = invert(all, input_bits(n, now.key));
        if (count > 0 && !(frozen && !to.is_open(n)))
          to.values(i.symbol)[n] += static_cast<Real>(count) * static_cast<Real>(i.weight);
      }
    };
    schedule_.push_back({{ir::slot::synapses, 0}, rank::part, i.object, work});
  }
  /// Half s, the lower of a word first, of block 32 k + b has the upper bits of neuron
  /// 256 k + 32 s + b.
  static std::uint64_t input_bits(std::uint32_t neuron, kernel::draw_key const& key) {
    std::uint32_t const block = neuron / 256 * 32 + neuron % 32, half = neuron % 256 / 32;
    std::uint32_t const word = kernel::draw_bits(key, block, 0xFFFE).v[half / 2];
    kernel::philox_block const more = kernel::draw_bits(key, neuron, 0xFFFF);
    std::uint64_t const upper = half % 2 == 0 ? word & 0xFFFF : word >> 16;
    return (upper << 48) | (std::uint64_t{more.v[1] & 0xFFFF} << 32) | more.v[0];
  }
  void enter(projection& p) {
    using kernel::trigger;
    for (int n = 0; n < p.model().kernels.size(); ++n) {
      kernel::scheduled_kernel const& k = p.model().kernels[n];
      switch (k.when_executed) {
      case trigger::update:
      case trigger::held:
        enter_own(p, k.when, false, false, [&](moment const& now) { p.execute(k, now); });
        break;
      case trigger::advance:
        enter_own(p, k.when, false, false, [&](moment const& now) {
          k.which == kernel::of_totals ? p.execute_for_targets(k, now) : p.execute(k, now);
        });
        break;
      case trigger::total:
        enter_sum(p, k, [&](moment const& now) { p.execute_for_targets(k, now); });
        break;
      case trigger::timed:
        enter_own(p, k.when, true, false, [&](moment const& now) {
          if (p.is_due(k, now.step / p.stride())) p.execute(k, now);
        });
        break;
      case trigger::pathway:
        enter(p, k.when, false, [&p, n](moment const& now) { p.deliver(n, now); });
        break;
      case trigger::sum:
        enter_sum(p, k, [&](moment const& now) { p.add_up(k, now); });
        break;
      default:
        break;
      }
    }
  }

  double dt_;
  std::uint64_t seed_;
  std::uint32_t objects_ = 0;
  std::int64_t step_ = 0, made_ = 0;
  std::vector<std::unique_ptr<population>> populations_;
  std::vector<std::unique_ptr<projection>> projections_;
  std::vector<input> inputs_;
  std::vector<std::unique_ptr<states>> states_;
  std::vector<std::unique_ptr<spikes>> spikes_;
  std::vector<call> calls_;
  std::vector<task> schedule_;
};

}  // namespace reference
