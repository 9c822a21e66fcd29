// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/blocks.hpp>
#include <nernst/network/connect/row_lists.hpp>
#include <nernst/network/connect/row_random.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace nernst {

namespace detail {

/// The rows of a list.
class listed_rows {
 public:
  explicit listed_rows(connection_list list)
      : list_(std::make_shared<connection_list const>(std::move(list))) {}

  void operator()(std::uint32_t source, std::vector<std::uint32_t>& row) const {
    std::uint32_t const* const target = list_->target.data();
    row.insert(row.end(), target + list_->row_begin[source], target + list_->row_begin[source + 1]);
  }

 private:
  std::shared_ptr<connection_list const> list_;  ///< of all threads
};

/// The synapses of some sources with some targets, as rows.
struct row_block {
  element_set sources, targets;
  connection_rows made;

  static connection_rows rows_of(executor const& run, connection_request const& request,
                                 connections&& made) {
    if (made.rows.row) return std::move(made.rows);
    connection_list list = list_of(run, std::move(made));
    double const size = static_cast<double>(list.target.size());
    return {"blocks", request.sources, size / std::max(1U, request.sources),
            listed_rows(std::move(list))};
  }
};

/// The rows of blocks, one behind the other.
class rows_of_blocks {
 public:
  rows_of_blocks(connection_request const& request, std::vector<row_block> blocks)
      : sources_(request.source_set), targets_(request.target_set), blocks_(std::move(blocks)) {}

  void operator()(std::uint32_t source, std::vector<std::uint32_t>& row) const {
    std::size_t const begin = row.size();
    std::uint32_t const element = sources_[source];
    for (row_block const& block : blocks_) {
      if (!block.sources.contains(element)) continue;
      std::size_t const first = row.size();
      block.made.row(block.sources.number_of(element), row);
      for (std::size_t k = first; k < row.size(); ++k)
        row[k] = targets_.number_of(block.targets[row[k]]);
    }
    auto const own = row.begin() + static_cast<std::ptrdiff_t>(begin);
    if (!std::is_sorted(own, row.end())) std::sort(own, row.end());
  }

 private:
  element_set sources_, targets_;
  std::vector<row_block> blocks_;
};

}  // namespace detail

NERNST_INLINE void blocks_rule::require_within(std::size_t number, char const* side,
                                               block_end const& part, element_set const& all,
                                               element_values const& values) const {
  if (part.values.group != values.group)
    detail::refuse<std::invalid_argument>(
        {"blocks: expected ", side, "s of the population that is connected, found others in block ",
         number});
  for (std::uint32_t k = 0; k < part.set.size(); ++k)
    if (!all.contains(part.set[k]))
      detail::refuse<std::invalid_argument>({"blocks: expected ", side, "s among ", to_text(all),
                                             ", found ", part.set[k], " in block ", number});
}

/// What the rule of a block is asked for.
NERNST_INLINE connection_request blocks_rule::request_for(std::size_t number,
                                                          connection_request const& all) const {
  block_end const& sources = blocks_[number].sources;
  block_end const& targets = blocks_[number].targets;
  require_within(number, "source", sources, all.source_set, all.of_sources);
  require_within(number, "target", targets, all.target_set, all.of_targets);
  auto const bits = kernel::draw_bits(key_of(all, detail::connecting_draw::blocks),
                                      static_cast<std::uint32_t>(number), 0);
  return {.sources = sources.set.size(),
          .targets = targets.set.size(),
          .seed = std::uint64_t{bits.v[1]} << 32 | bits.v[0],
          .object = all.object,
          .one_population = all.one_population,
          .source_set = sources.set,
          .target_set = targets.set,
          .of_sources = sources.values,
          .of_targets = targets.values,
          .limit = all.limit};
}

NERNST_INLINE connections blocks_rule::make(executor const& run,
                                            connection_request const& request) const {
  std::vector<detail::row_block> parts;
  double expected = 0;
  for (std::size_t k = 0; k < blocks_.size(); ++k) {
    connection_request const own = request_for(k, request);
    parts.push_back({own.source_set, own.target_set,
                     detail::row_block::rows_of(run, own, blocks_[k].rule(run, own))});
    expected += parts.back().made.expected * own.sources;
  }
  return connection_rows{"blocks", request.sources, expected / std::max(1U, request.sources),
                         detail::rows_of_blocks(request, std::move(parts)), request.limit};
}

NERNST_INLINE connection_list blocks_rule::build(executor const& run,
                                                 connection_request const& request) const {
  return detail::list_of(run, make(run, request));
}

}  // namespace nernst
