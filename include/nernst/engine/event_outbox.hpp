// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/function_attribute.hpp>

#include <cstdint>

namespace nernst::engine {

/// How many events of an element have acted in a step: they draw different random numbers.
struct event_turn {
  std::int64_t step = -1;
  std::uint32_t count = 0;

  /// The number of one more.
  NERNST_CALLABLE std::uint32_t next(std::int64_t now) {
    count = step == now ? count + 1 : 0;
    step = now;
    return count;
  }
};

/// What kernels of a model that sends events to itself leave for the engine, and what it leaves for
/// them: arrays by place of the element, null where the model has no use for them.
template <class Real>
struct event_outbox {
  static constexpr double empty = -1e30, per_ms = 1e-3;

  int sends = 0, watches = 0;
  Real *flag = nullptr, *move = nullptr, *fire = nullptr;
  Real *const *delay = nullptr, *const *delay_flag = nullptr;  ///< by number of the sending
  Real *const *watch = nullptr, *const *set_watch = nullptr, *const *watch_flag = nullptr;

  NERNST_CALLABLE void let_act(std::uint32_t place, double number) const {
    if (flag != nullptr) flag[place] = static_cast<Real>(number);
  }
  /// Whether sending `k` is asked for, at what time then, and with which flag.
  NERNST_CALLABLE bool take_sent(int k, std::uint32_t place, double now, double& time,
                                 double& with) const {
    auto const wanted = static_cast<double>(delay[k][place]);
    if (wanted <= empty) return false;
    delay[k][place] = static_cast<Real>(empty);
    bool const is_number = wanted == wanted;
    time = now + (wanted > 0 ? wanted : 0) * per_ms;
    with = static_cast<double>(delay_flag[k][place]);
    return is_number;
  }
  /// Whether an event is to be moved, and to what time.
  NERNST_CALLABLE bool take_moved(std::uint32_t place, double now, double& time) const {
    if (move == nullptr || !(static_cast<double>(move[place]) > empty)) return false;
    double const to = static_cast<double>(move[place]) * per_ms;
    time = to < now ? now : to;
    move[place] = static_cast<Real>(empty);
    return true;
  }
  NERNST_CALLABLE bool take_fired(std::uint32_t place) const {
    if (fire == nullptr || fire[place] == 0) return false;
    fire[place] = 0;
    return true;
  }
  /// What an event watches for, it watches for alone.
  NERNST_CALLABLE void take_watches(std::uint32_t place) const {
    bool is_any = false;
    for (int k = 0; k < watches; ++k)
      is_any = is_any || static_cast<double>(set_watch[k][place]) > empty;
    for (int k = 0; k < watches && is_any; ++k) {
      Real const set = set_watch[k][place];
      watch[k][place] = set > 0 ? set : Real(0);
      set_watch[k][place] = static_cast<Real>(empty);
    }
  }
  /// Whether a condition has come to hold in this step, and with which flag its event comes.
  NERNST_CALLABLE bool has_risen(int k, std::uint32_t place, double& with) const {
    constexpr Real risen = 3, is_above = 2;
    if (watch[k][place] != risen) return false;
    watch[k][place] = is_above;
    with = static_cast<double>(watch_flag[k][place]);
    return true;
  }
};

/// Until when events act in a step that ends at a time: those up to it, and `late` those behind it
/// that are not nearer to the next one.
NERNST_CALLABLE double end_of_events(double end, double dt, bool late) {
  // What is meant to be at the end may be behind it by rounding.
  constexpr double rounding = 1e-9;
  return end + (late ? 0.5 : rounding) * dt;
}

}  // namespace nernst::engine
