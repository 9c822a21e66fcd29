// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/list.hpp>

#include <cstdint>
#include <vector>

namespace nernst {
class element_set;
class synapse_rows;
struct connection_law;
}  // namespace nernst

namespace nernst::engine {

template <class Real>
struct network_parts;
template <class Real>
struct task;
struct step_range;

/// What makes the update of some elements on an accelerator where it is more than a kernel.
struct accelerated_update {
  virtual ~accelerated_update() = default;
};

/// What makes the steps of a network in the place of the host's threads, out of the same tasks, in
/// memory of its own. An interface, so that only programs contain one that ask for it.
template <class Real>
class accelerator {
 public:
  virtual ~accelerator() = default;
  /// Makes the synapses of a law between these elements in its memory, in partitions of the targets
  /// with these bounds. \throws std::length_error above the limit of the request.
  virtual synapse_rows connect(char const* rule, connection_law const& law,
                               element_set const& sources, element_set const& targets,
                               std::vector<std::uint32_t> bounds) const = 0;
  /// In how many partitions the elements of the network are divided.
  virtual int partitions() const = 0;
  /// How many steps it makes at most before the host sees its spikes.
  virtual std::int64_t most_steps(network_parts<Real> const& of) const = 0;
  /// Whether its memory is what counts, not the host's.
  virtual bool is_ahead() const = 0;
  /// Called before the steps from `step` on, `count` of them, once the host's logs are ready.
  virtual void start(network_parts<Real> const& of, std::int64_t step, std::int64_t count) = 0;
  /// Makes some tasks in each of some steps. The host's logs have the spikes then.
  virtual void make_steps(ir::list<task<Real>> const& tasks, step_range const& steps) = 0;
  /// Lets the host's memory be what its own is.
  virtual void fetch() = 0;
  /// Lets its own memory be what the host's is, before it makes the next step.
  virtual void forget() = 0;
};

}  // namespace nernst::engine
