// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include "catch.hpp"
#include "expected.hpp"
#include "models.hpp"
#include "operations.hpp"
#include <cstring>

namespace {
namespace inspection = nernst::inspection;

/// Recognises JSON by the grammar of RFC 8259.
class recogniser {
 public:
  static bool accepts(std::string const& text) {
    recogniser r{text.c_str()};
    return r.value() && (r.space(), *r.at_ == '\0');
  }

 private:
  explicit recogniser(char const* text) : at_(text) {}

  void space() { at_ += std::strspn(at_, " \n\r\t"); }
  bool take(char c) {
    space();
    if (*at_ != c) return false;
    ++at_;
    return true;
  }
  bool value() {
    space();
    switch (*at_) {
    case '{':
      return list('{', '}', [this] { return (space(), text()) && take(':') && value(); });
    case '[':
      return list('[', ']', [this] { return value(); });
    case '"':
      return text();
    default:
      for (char const* word : {"true", "false", "null"})
        if (std::strncmp(at_, word, std::strlen(word)) == 0) return at_ += std::strlen(word), true;
      return number();
    }
  }
  template <class Item>
  bool list(char open, char close, Item item) {
    if (!take(open)) return false;
    if (take(close)) return true;
    do
      if (!item()) return false;
    while (take(','));
    return take(close);
  }
  bool text() {
    if (*at_ != '"') return false;
    for (++at_; *at_ != '"'; ++at_) {
      if (static_cast<unsigned char>(*at_) < 0x20) return false;
      if (*at_ != '\\') continue;
      ++at_;
      if (*at_ == 'u') {
        if (std::strspn(at_ + 1, "0123456789abcdefABCDEF") < 4) return false;
        at_ += 4;
      } else if (*at_ == '\0' || std::strchr("\"\\/bfnrt", *at_) == nullptr) {
        return false;
      }
    }
    return ++at_, true;
  }
  bool number() {
    char const* const begin = at_;
    if (*at_ == '-') ++at_;
    std::size_t const whole = std::strspn(at_, "0123456789");
    if (whole == 0 || (*at_ == '0' && whole > 1)) return false;
    at_ += whole;
    if (*at_ == '.') at_ += 1 + std::strspn(at_ + 1, "0123456789");
    return at_ > begin;
  }

  char const* at_;
};
}  // namespace

TEST_CASE("the recogniser of JSON refuses what is none", "[inspection]") {
  for (char const* good : {"{}", "[1, -2.5, \"a\\n\\u00ff\", true, null, {\"x\": []}]"})
    CHECK(recogniser::accepts(good));
  for (char const* bad :
       {"", "{", "{1: 2}", "[1,]", "{\"a\" 1}", "\"\n\"", "01", "[1] 2", "\"\\x\""})
    CHECK_FALSE(recogniser::accepts(bad));
}

TEST_CASE("descriptions as JSON", "[inspection]") {
  std::string const adex = nernst::inspect<models::adex>().json();
  CHECK(recogniser::accepts(adex));
  CHECK(adex == expected::text("adex.json", adex));
  CHECK(recogniser::accepts(nernst::inspect<models::leaky>().json()));
  CHECK(recogniser::accepts(nernst::inspect<models::weighted>().json()));
  auto const all = notation::all_operations();
  CHECK(recogniser::accepts(
      inspection::to_json(inspection::describe(all, nernst::kernel::derive(all).view()))));
  inspection::description strange;
  strange.kind = "quotes \" and \\ and \n and \x01";
  CHECK(recogniser::accepts(inspection::to_json(strange)));
}
