// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/clauses.hpp>

namespace nernst::brian::detail {

/// What models are made of, as far as they can be misplaced or repeated.
struct clause_row {
  piece_kind kind;
  ir::string_view name = {};  ///< for people
  bool in_neurons = true, in_synapses = false;
  bool once = false;  ///< a model has it at most once
};
inline constexpr clause_row clause_rows[] = {
    {.kind = piece_kind::equations, .name = "equations", .in_synapses = true},
    {.kind = piece_kind::threshold, .name = "threshold", .once = true},
    {.kind = piece_kind::reset, .name = "reset", .once = true},
    {.kind = piece_kind::refractory, .name = "refractory", .once = true},
    {.kind = piece_kind::refractory_time, .name = "refractory", .once = true},
    {.kind = piece_kind::method, .name = "method", .in_synapses = true, .once = true},
    {.kind = piece_kind::scheme, .name = "scheme", .in_synapses = true, .once = true},
    {.kind = piece_kind::event, .name = "event"},
    {.kind = piece_kind::on_event, .name = "on_event"},
    {.kind = piece_kind::every, .name = "every", .in_synapses = true},
    {.kind = piece_kind::at, .name = "at", .in_synapses = true},
    {.kind = piece_kind::on_pre, .name = "on_pre", .in_neurons = false, .in_synapses = true},
    {.kind = piece_kind::on_post, .name = "on_post", .in_neurons = false, .in_synapses = true},
    {.kind = piece_kind::multisynaptic_index,
     .name = "multisynaptic_index",
     .in_neurons = false,
     .in_synapses = true,
     .once = true},
    {.kind = piece_kind::per_synapse,
     .name = "per_synapse",
     .in_neurons = false,
     .in_synapses = true,
     .once = true},
    {.kind = piece_kind::timed_array, .name = "timed_array", .in_synapses = true},
};
/// The row of a piece, or null for what is part of another piece.
constexpr clause_row const* row_of(piece_kind kind) {
  for (clause_row const& c : clause_rows)
    if (c.kind == kind) return &c;
  return nullptr;
}
constexpr ir::string_view clause_name(piece_kind kind) {
  clause_row const* const row = row_of(kind);
  return row == nullptr ? ir::string_view() : row->name;
}

}  // namespace nernst::brian::detail
