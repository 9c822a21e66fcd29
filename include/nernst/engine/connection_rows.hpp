// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_law.hpp>

#include <functional>

namespace nernst {

class executor;
class synapse_rows;

/// The synapses that a rule makes, by source, as a function: nobody has to keep a list of them.
struct connection_rows {
  /// Appends the targets of a source, which ascend. Each thread calls a copy of its own.
  using row_function = std::function<void(std::uint32_t source, std::vector<std::uint32_t>& row)>;

  char const* rule;  ///< its name, for messages
  std::uint32_t sources;
  double expected;  ///< how many targets a source has, more or less; 0 where that is not known
  row_function row;
  synapse_limit limit = {};
  connection_law law = {};
};

/// The same by target.
struct connection_columns {
  /// The sources of a target, `degree` of them in any order.
  /// What is returned holds until the next call. Each thread calls a copy of its own.
  using column_function = std::function<std::vector<std::uint32_t> const&(std::uint32_t target)>;

  char const* rule;
  std::uint32_t sources, targets, degree;
  column_function column;
  synapse_limit limit = {};

  // What becomes of them: in programs with rules that make some.
  synapse_rows (*to_rows)(executor const& run, connection_columns const& made,
                          std::vector<std::uint32_t> bounds, std::uint32_t source_offset,
                          std::uint32_t target_offset);
  connection_list (*to_list)(executor const& run, connection_columns const& made);
  connection_law law = {};
};

/// The synapses that a rule makes, as it happens to say them.
struct connections {
  connection_list list = {};
  connection_rows rows = {};
  connection_columns columns = {};

  connections(connection_list all) : list(std::move(all)) {}
  connections(connection_rows all) : rows(std::move(all)) {}
  connections(connection_columns all) : columns(std::move(all)) {}

  connection_law const& law() const { return rows.row ? rows.law : columns.law; }
  /// The name of the rule, for messages.
  char const* rule() const { return rows.row ? rows.rule : columns.rule; }
};

}  // namespace nernst
