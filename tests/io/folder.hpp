// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace test {

/// A folder of its own that goes with the test.
struct folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() /
      ("nernst-io-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)));
  folder() { std::filesystem::create_directories(path); }
  ~folder() { std::filesystem::remove_all(path); }
  folder(folder const&) = delete;
  folder& operator=(folder const&) = delete;
  std::string operator/(char const* name) const { return (path / name).string(); }
};

inline std::string contents(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace test
