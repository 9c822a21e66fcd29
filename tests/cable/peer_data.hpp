// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace test {

/// A line of a file in data/cable, of which the first word says what it is.
struct peer_line {
  std::vector<std::string> words;
  double number(std::size_t k) const { return std::stod(words.at(k)); }
};

/// The lines of such a file by morphology: its name, and what follows the line `file NAME`.
struct peer_cell {
  std::string name;
  std::vector<peer_line> lines;
};

inline std::string peer_path(std::string const& file) {
  return std::string(NERNST_TEST_DATA "/cable/") + file;
}

inline std::vector<peer_cell> peer_cells(std::string const& file) {
  std::ifstream in(peer_path(file));
  std::vector<peer_cell> all;
  for (std::string text; std::getline(in, text);) {
    std::istringstream words(text);
    peer_line line;
    for (std::string word; words >> word;) line.words.push_back(word);
    if (line.words.empty()) continue;
    if (line.words[0] == "file")
      all.push_back({line.words.at(1), {}});
    else
      all.back().lines.push_back(line);
  }
  return all;
}

}  // namespace test
