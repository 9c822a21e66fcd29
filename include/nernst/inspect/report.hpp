// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspect/dot.hpp>
#include <nernst/inspect/json.hpp>
#include <nernst/inspect/text.hpp>
#include <nernst/kernel/synapse_code.hpp>

#include <array>
#include <ostream>
#include <utility>

namespace nernst {
namespace inspection {

namespace detail {

template <class Model>
inline constexpr bool is_neuron = requires { typename decltype(Model::model)::own_method; };
template <class Model, class... Neurons>
struct code_of {
  using type = kernel::synapse_code<Model, Neurons...>;
  static constexpr int kernels = type::pathways;
};
template <class Model>
  requires is_neuron<Model>
struct code_of<Model> {
  using type = kernel::neuron_code<Model>;
  static constexpr int kernels = kernel::first_extra + type::extras + (type::advanced > 0 ? 1 : 0);
};

/// The model as it was written.
template <class Model, class... Neurons>
constexpr ir::model written() {
  if constexpr (sizeof...(Neurons) == 0) {
    return lower(Model::model);
  } else {
    std::vector<ir::symbol> const symbols[] = {kernel::detail::public_symbols<Neurons>()...};
    return lower(Model::model, std::span<ir::symbol const>(symbols[0]),
                 std::span<ir::symbol const>(symbols[sizeof...(Neurons) - 1]));
  }
}

constexpr bool mentions(kernel::expressions const& e, int symbol) {
  for (ir::node const& n : e.program)
    if (n.code == ir::op::symbol && n.a == symbol) return true;
  return false;
}
constexpr bool reads(kernel::facts const& known, kernel::instruction const* code, int size,
                     int symbol) {
  using kernel::source;
  kernel::variable const& v = known.variables[static_cast<std::size_t>(symbol)];
  for (int k = 0; k < size; ++k) {
    kernel::instruction const& s = code[k];
    bool const stored = s.from == source::array || s.from == source::linked;
    if (stored && s.a == v.array) return true;
    if (s.from == source::shared && s.a == symbol) return true;
    if (s.from == source::computed && ir::is_lookup(s.code) && s.tag == symbol) return true;
    ir::role const kind = v.symbol.kind;
    if ((s.from == source::time && kind == ir::role::time) ||
        (s.from == source::step && kind == ir::role::step) ||
        (s.from == source::index && kind == ir::role::index))
      return true;
  }
  return false;
}
constexpr bool reads(kernel::facts const& known, kernel::fixed_program const& p, int symbol) {
  return reads(known, p.code, p.size, symbol) || reads(known, p.prologue, p.prologue_size, symbol);
}
constexpr bool writes(kernel::facts const& known, kernel::fixed_program const& p, int symbol) {
  using kernel::source;
  int const array = known.variables[static_cast<std::size_t>(symbol)].array;
  for (int k = 0; k < p.store_count; ++k)
    if (p.stores[k].to != source::advanced &&
        p.stores[k].array == (p.stores[k].to == source::shared ? symbol : array))
      return true;
  return false;
}

struct chosen_method {
  std::string_view name;
  ir::text reason;
};

template <class Model, class... Neurons>
struct method_table {
  /// By symbol; empty where a variable has no equation.
  static constexpr auto all = [] {
    using code = typename code_of<Model, Neurons...>::type;
    std::array<chosen_method, code::facts.variables.size()> table{};
    if constexpr (is_neuron<Model>) {
      auto const d = code::derive();
      for (auto const& g : d.method.groups)
        for (int const e : g.equations)
          table[static_cast<std::size_t>(d.model.equations[static_cast<std::size_t>(e)].symbol)] = {
              g.name, g.reason};
    }
    return table;
  }();
};

}  // namespace detail

/// What was derived from a model. The questions are answered by the compiler; the texts are made at
/// run time, when they are asked for. Variables are named as equations spell them: those of a
/// synapse's neurons end in `_pre` and `_post`.
template <class Model, class... Neurons>
class report {
  using code = typename detail::code_of<Model, Neurons...>::type;
  static constexpr int kernels = detail::code_of<Model, Neurons...>::kernels;

 public:
  /// Whether a kernel, or what is computed once per run, reads a variable.
  constexpr bool reads(std::string_view variable) const {
    int const s = find(variable);
    if (s == ir::none) return false;
    bool found = detail::mentions(code::facts.scalars, s);
    for (int const array : code::facts.advanced)
      found = found || array == code::facts.variables[static_cast<std::size_t>(s)].array;
    for (auto const& p : code::facts.propagators) found = found || detail::mentions(p.matrix, s);
    return any_kernel(
               [s](kernel::fixed_program const& p) { return detail::reads(code::facts, p, s); }) ||
           found;
  }
  /// Whether a kernel writes a variable.
  constexpr bool writes(std::string_view variable) const {
    int const s = find(variable);
    return s != ir::none && any_kernel([s](kernel::fixed_program const& p) {
             return detail::writes(code::facts, p, s);
           });
  }
  /// The name of the method that integrates a state, empty if there is none.
  constexpr std::string_view method(std::string_view state) const { return chosen(state).name; }
  /// Why it was taken.
  constexpr std::string_view reason(std::string_view state) const {
    return chosen(state).reason.view();
  }

  /// All that there is to say, as a value.
  inspection::description description() const {
    return describe(detail::written<Model, Neurons...>(), code::derive());
  }
  std::string text() const { return to_text(description()); }
  std::string json() const { return to_json(description()); }
  std::string dot() const { return to_dot(code::derive()); }

  friend std::ostream& operator<<(std::ostream& out, report const& r) { return out << r.text(); }

 private:
  static constexpr int find(std::string_view variable) {
    int const s = code::facts.find(variable);
    if (s == ir::none && variable.ends_with("_pre"))
      return code::facts.find(variable.substr(0, variable.size() - 4), ir::side::pre);
    if (s == ir::none && variable.ends_with("_post"))
      return code::facts.find(variable.substr(0, variable.size() - 5), ir::side::post);
    return s;
  }
  template <class Test>
  static constexpr bool any_kernel(Test test) {
    return [&]<int... K>(std::integer_sequence<int, K...>) {
      return (test(code::template block<K>::program) || ...);
    }(std::make_integer_sequence<int, kernels>{});
  }
  static constexpr detail::chosen_method const& chosen(std::string_view state) {
    int const s = find(state);
    return s == ir::none
               ? nothing
               : detail::method_table<Model, Neurons...>::all[static_cast<std::size_t>(s)];
  }
  static constexpr detail::chosen_method nothing{};
};

}  // namespace inspection

/// What Nernst derived from a model, to be read by the compiler (`static_assert`) or printed by the
/// program. A mistake in the model is one compile error. A synapse whose equations are a text needs
/// the models of its neurons: `inspect<Synapse, Source, Target>()`.
template <class Model, class... Neurons>
constexpr inspection::report<Model, Neurons...> inspect() {
  static_assert(sizeof...(Neurons) == 0 || sizeof...(Neurons) == 2,
                "inspect<Synapse, Source, Target>()");
  static_assert(inspection::detail::code_of<Model, Neurons...>::type::valid);
  return {};
}

}  // namespace nernst
