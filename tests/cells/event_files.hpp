// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mod/depressing.hpp>
#include <mod/leaky.hpp>
#include <mod/plastic.hpp>
#include <mod/pulse.hpp>
#include <mod/rising.hpp>
#include <mod/ticker.hpp>
#include <mod/watcher.hpp>

namespace test {

/// The mechanisms of an `event_network` from .mod files.
struct event_files {
  using ticker = mod::ticker;
  using leaky = mod::leaky;
  using rising = mod::rising;
  using pulse = mod::pulse;
  using plastic = mod::plastic;
  using depressing = mod::depressing;
  using watcher = mod::watcher;
};

}  // namespace test
