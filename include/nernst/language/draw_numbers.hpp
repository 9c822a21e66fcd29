// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/list.hpp>
#include <nernst/language/expression.hpp>

namespace nernst::language::detail {

/// The numbers of random draws: each is another one, but for those of one name.
class draw_numbers {
 public:
  /// `next` is the number of the next new draw.
  constexpr int operator()(term const& t, int& next) {
    if (t.id.empty()) return next++;
    for (named const& n : known_)
      if (n.code == t.code && n.id == t.id) return n.number;
    known_.push_back({t.code, t.id, next});
    return next++;
  }

 private:
  struct named {
    ir::op code;
    ir::string_view id;
    int number;
  };
  ir::list<named> known_;
};

}  // namespace nernst::language::detail
