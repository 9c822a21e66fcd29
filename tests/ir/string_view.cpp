// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/string_view.hpp>

#include "catch.hpp"
#include <sstream>
#include <string>
#include <string_view>

using nernst::ir::string_view;

namespace {

constexpr string_view text = "dv/dt = -v/tau";

static_assert(text.size() == 14 && text.front() == 'd' && text.back() == 'u' && text[1] == 'v');
static_assert(string_view().empty() && string_view("").empty() && string_view("a\0b", 3) != "a");
static_assert(text.substr(0, 2) == "dv" && text.substr(10) == "/tau" && text.substr(14).empty() &&
              text.substr(12, 100) == "au" && text.substr(15).empty());
static_assert(text.starts_with("dv/dt") && text.starts_with('d') && !text.starts_with("dv/dx") &&
              text.ends_with("v/tau") && !string_view("u").ends_with("tau"));
static_assert(text.find('/') == 2 && text.find('/', 3) == 10 &&
              text.find('x') == string_view::npos);
static_assert(text.find("v/") == 1 && text.find("v/", 2) == 9 &&
              text.find("tau!") == string_view::npos);
static_assert(text.rfind("v/") == 9 && text.rfind("x") == string_view::npos &&
              text.rfind("dv/dt = -v/tau + 1") == string_view::npos && text.rfind("") == 14);
static_assert(text.find_first_of("=/") == 2 && text.find_first_of("xyz") == string_view::npos);

constexpr bool shrinks() {
  string_view rest = text;
  rest.remove_prefix(8);
  rest.remove_suffix(4);
  return rest == "-v";
}
static_assert(shrinks());

constexpr std::string_view standard = text;
static_assert(standard == text && text == standard && string_view(standard) == text &&
              text != std::string_view("dv"));

}  // namespace

TEST_CASE("a view of characters goes with those of the standard library", "[ir][string_view]") {
  std::string const all = "alpha";
  string_view const view = all;
  CHECK(view == all);
  CHECK(view.data() == all.data());
  CHECK(std::string(view) == all);
  CHECK(std::string("x").append(view) == "xalpha");
  std::ostringstream out;
  out << view.substr(1, 3);
  CHECK(out.str() == "lph");
}
