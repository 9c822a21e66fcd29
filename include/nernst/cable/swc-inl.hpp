// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/arbor_reading.hpp>
#include <nernst/cable/brian_reading.hpp>
#include <nernst/cable/neuron_reading.hpp>
#include <nernst/cable/swc.hpp>
#include <nernst/refuse.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>

namespace nernst::cable::detail {

using nernst::detail::message;

NERNST_INLINE std::string name_of_tag(int tag) {
  constexpr std::string_view known[] = {"soma", "axon", "dend", "apic"};
  if (tag >= 1 && tag <= 4) return std::string(known[tag - 1]);
  return tag < 0 ? message({"minus_", -tag}) : message({"dend_", tag});
}

/// Calls branches by their first tag: soma, axon, dend, apic, or dend_7; with a number from 0 on,
/// `dend[0]`, where there are several.
NERNST_INLINE void name_by_tags(std::vector<branch>& branches) {
  std::map<int, int> count, next;
  for (branch const& b : branches) ++count[b.frusta.front().tag];
  for (branch& b : branches) {
    int const tag = b.frusta.front().tag;
    b.name = name_of_tag(tag);
    if (count[tag] > 1) b.name += message({"[", next[tag]++, "]"});
  }
}

}  // namespace nernst::cable::detail

namespace nernst::cable {

NERNST_INLINE std::vector<branch> read_swc(std::string_view text, swc_reading how,
                                           std::string_view name) {
  swc_source const source{text, name};
  std::vector<swc_sample> const samples = read_samples(source);
  std::vector<branch> all = how == swc_reading::arbor   ? detail::arbor_branches(source, samples)
                            : how == swc_reading::brian ? detail::brian_sections(source, samples)
                                                        : detail::neuron_sections(source, samples);
  detail::name_by_tags(all);
  return all;
}

NERNST_INLINE std::string swc_text(std::string const& path) {
  auto const fail = [&] {
    nernst::detail::refuse<std::runtime_error>(
        {path, ": expected a file that can be read, found ", std::strerror(errno)});
  };
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> const file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (!file) fail();
  std::string all;
  char buffer[65536];
  for (std::size_t size = 1; size > 0;) {
    size = std::fread(buffer, 1, sizeof buffer, file.get());
    all.append(buffer, size);
  }
  if (std::ferror(file.get()) != 0) fail();
  return all;
}

}  // namespace nernst::cable
