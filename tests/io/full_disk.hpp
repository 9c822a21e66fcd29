// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <csignal>
#include <cstddef>
#include <sys/resource.h>

namespace test {

/// No file may be longer meanwhile: what is written behind is an error, as on a full disk.
struct full_disk {
  rlimit before = {};
  explicit full_disk(std::size_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit const less{bytes, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &less);
  }
  ~full_disk() { setrlimit(RLIMIT_FSIZE, &before); }
};

}  // namespace test
