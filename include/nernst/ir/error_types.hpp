// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
#pragma GCC system_header  // g++ then leaves the macros of this table out of its messages

#include <nernst/ir/diagnosis.hpp>
#include <nernst/ir/fixed_string.hpp>

#include <type_traits>

namespace nernst {

namespace detail {
template <class>
inline constexpr bool never = false;

/// A text computed by a constexpr function object, as a template argument without trailing padding.
template <class Text>
inline constexpr auto literal_of = [] {
  constexpr auto t = Text::get();
  return ir::fixed_string<t.size + 1>(t.view());
}();

template <int I>
struct number_text {
  static constexpr auto get() { return ir::short_string<11>().append(I); }
};
template <int I>
inline constexpr auto number_name = literal_of<number_text<I>>;

/// The name of a type.
template <class T>
constexpr ir::string_view whole_type_name() {
  ir::string_view all = __PRETTY_FUNCTION__;
  std::size_t const begin = all.find("T = ");
  all.remove_prefix(begin == ir::string_view::npos ? 0 : begin + 4);
  return all.substr(0, all.find_first_of(";]"));
}
template <class T>
constexpr ir::phrase type_name() {
  return whole_type_name<T>();
}
/// The same without the namespaces that it is in.
template <class T>
constexpr ir::string_view own_type_name() {
  ir::string_view const all = whole_type_name<T>();
  std::size_t const last = all.substr(0, all.find('<')).rfind("::");
  return last == ir::string_view::npos ? all : all.substr(last + 2);
}
/// Its end, where what tells it from others stands.
template <class T>
struct type_text {
  static constexpr auto get() {
    auto const name = type_name<T>();
    int const cut = name.size > 35 ? name.size - 35 : 0;
    return ir::short_string<35>(name.view().substr(static_cast<std::size_t>(cut)));
  }
};
template <class Model>
inline constexpr auto model_name = literal_of<type_text<Model>>;
}  // namespace detail

// The vocabulary of compile-time errors. Each is a type whose arguments tell the story: see
// NERNST_MISTAKES. Instantiating it is the error.
#define NERNST_ROW(name, error, sentence, words, ...)                                              \
  template <ir::fixed_string... Pieces>                                                            \
  struct name {                                                                                    \
    static_assert(detail::never<name>, error " (see " #name "<" words ">)");                       \
  };
NERNST_MISTAKES(NERNST_ROW)
#undef NERNST_ROW

namespace detail {
/// Instantiates an error without making the caller ill-formed, so that a constant expression it is
/// part of has a value and the error is the only one. The deduced return type of this and of all
/// callers lets compilers name the line of the user's program. `Because` are the types that make it
/// an error, where its own arguments do not depend on them.
template <class Error, class... Because>
constexpr auto raise() {
  return requires { sizeof(Error); };
}

/// Raises an error if there is a reason for it; tells whether there is none.
template <bool Wrong, class Error>
constexpr auto forbid() {
  if constexpr (Wrong) raise<Error>();
  return !Wrong;
}

/// Stands for something with a mistake that has been reported, be it a formula, a statement, a
/// clause or a model. Whatever contains it is the same and stays silent.
struct mistaken {
  template <class T>
  constexpr mistaken operator=(T const&) const {
    return {};
  }
  template <class T>
  constexpr mistaken operator+=(T const&) const {
    return {};
  }
  template <class T>
  constexpr mistaken operator-=(T const&) const {
    return {};
  }
  template <class T>
  constexpr mistaken operator*=(T const&) const {
    return {};
  }
  template <class T>
  constexpr mistaken operator/=(T const&) const {
    return {};
  }
  template <class T>
  constexpr mistaken operator%=(T const&) const {
    return {};
  }
};
template <class... T>
inline constexpr bool any_mistaken = (std::is_same_v<T, mistaken> || ...);

/// The place of a finding, with line and column where there are such.
template <class Finding>
struct place_text {
  static constexpr auto get() {
    ir::diagnosis const d = Finding::get();
    ir::short_string<64> t(d.where.view());
    if (d.line == 0) return t;
    (t += " (line ").append(d.line);
    (t += ":").append(d.column);
    return t += ")";
  }
};
template <class Finding>
struct expected_text {
  static constexpr auto get() { return Finding::get().expected; }
};
template <class Finding>
struct found_text {
  static constexpr auto get() { return Finding::get().found; }
};

/// Lifts the finding of a check, `Finding::get()`, into the type of an error: one message, the same
/// for every front end.
template <class Finding, class Model>
constexpr auto report() {
  constexpr ir::mistake what = Finding::get().what;
  if constexpr (what != ir::mistake::no_mistake) {
    [[maybe_unused]] constexpr auto where = literal_of<place_text<Finding>>;
    [[maybe_unused]] constexpr auto expected = literal_of<expected_text<Finding>>;
    [[maybe_unused]] constexpr auto found = literal_of<found_text<Finding>>;
    [[maybe_unused]] constexpr auto model = model_name<Model>;
#define NERNST_ROW(name, error, sentence, words, ...)                                              \
  if constexpr (what == ir::mistake::name) raise<nernst::name<__VA_ARGS__>>();
    NERNST_MISTAKES(NERNST_ROW)
#undef NERNST_ROW
  }
}
}  // namespace detail

}  // namespace nernst
