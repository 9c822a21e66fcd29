// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/connection_rows.hpp>

#include <concepts>

namespace nernst::detail {

/// A rule of connection.
template <class T>
concept Rule = requires(T const& rule, executor const& run, connection_request const& request) {
  { rule.build(run, request) } -> std::convertible_to<connection_list>;
};

/// A rule, whatever its type, as long as that is there.
class any_rule {
 public:
  template <Rule R>
  explicit any_rule(R const& rule) : rule_(&rule), make_(&make<R>) {}

  /// What the rule makes: in the way that takes the least memory, if it knows one.
  connections operator()(executor const& run, connection_request const& request) const {
    return make_(rule_, run, request);
  }

 private:
  template <Rule R>
  static connections make(void const* given, executor const& run,
                          connection_request const& request) {
    R const& rule = *static_cast<R const*>(given);
    if constexpr (requires { rule.make(run, request); })
      return rule.make(run, request);
    else
      return rule.build(run, request);
  }

  void const* rule_;
  connections (*make_)(void const*, executor const&, connection_request const&);
};

}  // namespace nernst::detail
