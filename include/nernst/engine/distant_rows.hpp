// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>

namespace nernst::engine {

/// Rows of synapses in a memory of their own, that the host gets once it asks for them. An
/// interface, so that only programs contain one that ask for a device.
class distant_rows {
 public:
  virtual ~distant_rows() = default;
  /// Whether a source has several synapses with one target.
  virtual bool repeats_targets() const = 0;

  /// Lets the host have them, unless it has; from any thread.
  void bring_offsets(std::uint32_t* to) const {
    std::call_once(offsets_asked_, [&] {
      fetch_offsets(to);
      has_offsets_ = true;
    });
  }
  void bring_targets(void* to) const {
    std::call_once(targets_asked_, [&] {
      fetch_targets(to);
      has_targets_ = true;
    });
  }
  bool host_has_offsets() const { return has_offsets_; }
  bool host_has_targets() const { return has_targets_; }

 private:
  virtual void fetch_offsets(std::uint32_t* to) const = 0;
  virtual void fetch_targets(void* to) const = 0;

  mutable std::once_flag offsets_asked_, targets_asked_;
  mutable std::atomic<bool> has_offsets_ = false, has_targets_ = false;
};

}  // namespace nernst::engine
