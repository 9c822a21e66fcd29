// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nernst::inspection {

/// Writes JSON (RFC 8259) with an indentation of two.
class json_writer {
 public:
  void value(std::string_view s) {
    before();
    text_ += quoted(s);
  }
  void value(char const* s) { value(std::string_view(s)); }
  void value(std::string const& s) { value(std::string_view(s)); }
  void value(bool b) {
    before();
    text_ += b ? "true" : "false";
  }
  void value(int n) {
    before();
    text_ += std::to_string(n);
  }
  /// A list of names in one line, a list of longer texts in several.
  void value(std::vector<std::string> const& list) {
    std::string line;
    for (auto const& s : list) (line += line.empty() ? "" : ", ") += quoted(s);
    if (line.size() <= 80) {
      before();
      text_ += "[" + line + "]";
    } else {
      array([&] {
        for (auto const& s : list) value(s);
      });
    }
  }
  template <class T>
  void member(std::string_view key, T const& v) {
    name(key);
    value(v);
  }
  template <class Fill>
  void object(Fill fill) {
    nest('{', '}', fill);
  }
  template <class Fill>
  void array(Fill fill) {
    nest('[', ']', fill);
  }
  template <class Fill>
  void object(std::string_view key, Fill fill) {
    name(key);
    object(fill);
  }
  template <class List, class Each>
  void array(std::string_view key, List const& list, Each each) {
    name(key);
    array([&] {
      for (auto const& one : list) each(one);
    });
  }
  std::string const& text() const { return text_; }

 private:
  static std::string quoted(std::string_view s) {
    constexpr char hex[] = "0123456789abcdef";
    std::string all = "\"";
    for (char const c : s) {
      auto const byte = static_cast<unsigned char>(c);
      if (byte < 0x20) {
        (((all += "\\u00") += hex[byte / 16])) += hex[byte % 16];
        continue;
      }
      if (c == '"' || c == '\\') all += '\\';
      all += c;
    }
    return all + "\"";
  }
  void before() {
    if (after_name_) {
      after_name_ = false;
      return;
    }
    if (depth_ == 0) return;
    text_ += empty_ ? "\n" : ",\n";
    text_.append(2 * depth_, ' ');
    empty_ = false;
  }
  void name(std::string_view key) {
    before();
    text_ += quoted(key) + ": ";
    after_name_ = true;
  }
  template <class Fill>
  void nest(char open, char close, Fill fill) {
    before();
    text_ += open;
    ++depth_;
    empty_ = true;
    fill();
    --depth_;
    if (!empty_) {
      text_ += '\n';
      text_.append(2 * depth_, ' ');
    }
    empty_ = false;
    text_ += close;
  }

  std::string text_;
  std::size_t depth_ = 0;
  bool empty_ = true, after_name_ = false;
};

}  // namespace nernst::inspection
