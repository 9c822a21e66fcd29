// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/dot.hpp>
#include <nernst/inspection/json.hpp>
#include <nernst/inspection/text.hpp>
#include <nernst/kernel/access.hpp>
#include <nernst/kernel/compiled.hpp>

#include <ostream>

namespace nernst {
namespace inspection {

namespace detail {

/// The place of a variable as equations spell it: those of a synapse's neurons end in `_pre` and
/// `_post`. Of what is kept as a trace or a total it is that.
constexpr int find(kernel::compiled_model const& m, std::string_view variable) {
  int const s = m.find(variable);
  if (s == ir::none && variable.ends_with("_pre"))
    return m.find(variable.substr(0, variable.size() - 4), ir::side::pre);
  if (s == ir::none && variable.ends_with("_post"))
    return m.find(variable.substr(0, variable.size() - 5), ir::side::post);
  return s == ir::none ? s : m.kept(s);
}

constexpr bool mentions(ir::tape_view const& tape, int symbol) {
  for (ir::node const& n : tape.operations)
    if (n.code == ir::op::symbol && n.which == symbol) return true;
  return false;
}
constexpr bool reads(kernel::compiled_model const& m, int symbol) {
  if (mentions(m.tape(m.scalars), symbol)) return true;
  for (auto const& p : m.propagators)
    if (mentions(m.tape(p.matrix), symbol)) return true;
  for (int const array : m.adaptive_states)
    if (array == m.variables[symbol].array) return true;
  return kernel::reads(m, symbol);
}

/// The method that integrates a state, or null.
constexpr kernel::chosen_method const* method_of(kernel::compiled_model const& m, int symbol) {
  for (auto const& e : m.equations)
    if (e.symbol == symbol) return &m.methods[e.method];
  return nullptr;
}

/// The model as it was written.
template <class Model, class... Neurons>
ir::model written() {
  if constexpr (sizeof...(Neurons) == 0) {
    return lower(Model::model);
  } else {
    ir::list<ir::symbol> const symbols[] = {
        kernel::detail::public_symbols(kernel::compiled<Neurons>::value)...};
    return lower(Model::model, ir::span<ir::symbol const>(symbols[0]),
                 ir::span<ir::symbol const>(symbols[1]));
  }
}

}  // namespace detail

/// What was derived from a model. The questions are answered by the compiler; the texts are made at
/// run time, when they are asked for. Variables are named as equations spell them: those of a
/// synapse's neurons end in `_pre` and `_post`.
template <class Model, class... Neurons>
class report {
  using compiled = kernel::compiled<Model, Neurons...>;

 public:
  /// Whether a kernel, or what is computed once per run, reads a variable.
  constexpr bool reads(std::string_view variable) const {
    int const s = detail::find(compiled::value, variable);
    return s != ir::none && detail::reads(compiled::value, s);
  }
  /// Whether a kernel writes a variable.
  constexpr bool writes(std::string_view variable) const {
    int const s = detail::find(compiled::value, variable);
    return s != ir::none && kernel::writes(compiled::value, s);
  }
  /// The name of the method that integrates a state, empty if there is none.
  constexpr std::string_view method(std::string_view state) const {
    kernel::chosen_method const* const chosen = chosen_for(state);
    return chosen == nullptr ? ir::string_view() : chosen->name;
  }
  /// Why it was taken.
  constexpr std::string_view reason(std::string_view state) const {
    kernel::chosen_method const* const chosen = chosen_for(state);
    return chosen == nullptr ? ir::string_view() : chosen->reason.view();
  }

  /// All that there is to say, as a value.
  inspection::description description() const {
    return describe(detail::written<Model, Neurons...>(), compiled::value);
  }
  std::string text() const { return to_text(description()); }
  std::string json() const { return to_json(description()); }
  std::string dot() const { return to_dot(compiled::value); }

 private:
  static constexpr kernel::chosen_method const* chosen_for(std::string_view state) {
    int const s = detail::find(compiled::value, state);
    return s == ir::none ? nullptr : detail::method_of(compiled::value, s);
  }
};

template <class Model, class... Neurons>
std::ostream& operator<<(std::ostream& out, report<Model, Neurons...> const& r) {
  return out << r.text();
}

}  // namespace inspection

/// What Nernst derived from a model, to be read by the compiler (`static_assert`) or printed by the
/// program. A mistake in the model is one compile error. A synapse whose equations are a text needs
/// the models of its neurons: `inspect<Synapse, Source, Target>()`.
template <class Model, class... Neurons>
constexpr inspection::report<Model, Neurons...> inspect() {
  static_assert(sizeof...(Neurons) == 0 || sizeof...(Neurons) == 2,
                "inspect<Synapse, Source, Target>()");
  [[maybe_unused]] constexpr bool is_valid = kernel::compiled<Model, Neurons...>::valid;
  return {};
}

}  // namespace nernst
