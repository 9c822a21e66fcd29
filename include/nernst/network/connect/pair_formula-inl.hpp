// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/connect/pair_formula.hpp>
#include <nernst/network/connect/pair_text.hpp>

namespace nernst::detail {

inline std::string_view label_of(brian::generator_part part) {
  if (part == brian::generator_part::condition) return "condition";
  return part == brian::generator_part::probability ? "probability" : "number";
}

NERNST_INLINE language::written_expression
pair_formula::read(char const* rule, brian::generator_part part,
                   connection_request const& request) const {
  if (!is_text_) return written_;
  pair_vocabulary const known(request);
  brian::parsed_generator const all = brian::parse_part(text_, part, known.names(), label_of(part));
  require_read(rule, all);
  return language::part_of(all.model, all.root(part));
}

}  // namespace nernst::detail
