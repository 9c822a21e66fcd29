// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/refuse.hpp>

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <vector>

namespace nernst::device {

/// Bytes in the memory of a space, and their copies to and from the host.
template <class Space>
class bytes {
 public:
  bytes() = default;
  explicit bytes(std::size_t size)
      : there_(Kokkos::view_alloc("nernst", Kokkos::WithoutInitializing), size) {}

  char* data() const { return there_.data(); }
  std::size_t size() const { return there_.extent(0); }
  void clear() { Kokkos::deep_copy(there_, char{0}); }
  /// Takes the contents of others of the same size.
  void copy(bytes const& from) const { Kokkos::deep_copy(there_, from.there_); }
  void send(char const* from, std::size_t first, std::size_t count) const {
    if (count > 0) Kokkos::deep_copy(part(first, count), constant(from, count));
  }
  void fetch(char* to, std::size_t first, std::size_t count) const {
    if (count > 0) Kokkos::deep_copy(variable(to, count), part(first, count));
  }

 private:
  using memory = typename Space::memory_space;
  using unmanaged = Kokkos::MemoryTraits<Kokkos::Unmanaged>;
  using constant = Kokkos::View<char const*, Kokkos::HostSpace, unmanaged>;
  using variable = Kokkos::View<char*, Kokkos::HostSpace, unmanaged>;
  using some = Kokkos::View<char*, memory, unmanaged>;

  some part(std::size_t first, std::size_t count) const {
    return some(there_.data() + first, count);
  }

  Kokkos::View<char*, memory> there_;
};

/// The same of numbers of one type, or of anything that is copied like them.
template <class Space, class T>
class array {
 public:
  array() = default;
  explicit array(std::size_t size) : there_(size * sizeof(T)) {}
  explicit array(std::vector<T> const& values) : array(values.size()) { send(values.data()); }

  T* data() const { return reinterpret_cast<T*>(there_.data()); }
  std::size_t size() const { return there_.size() / sizeof(T); }
  /// Makes all bits 0.
  void clear() { there_.clear(); }
  void copy(array const& from) const { there_.copy(from.there_); }
  void send(T const* from) const { send(from, 0, size()); }
  void send(T const* from, std::size_t first, std::size_t count) const {
    there_.send(reinterpret_cast<char const*>(from), first * sizeof(T), count * sizeof(T));
  }
  void fetch(T* to, std::size_t first, std::size_t count) const {
    there_.fetch(reinterpret_cast<char*>(to), first * sizeof(T), count * sizeof(T));
  }

 private:
  bytes<Space> there_;
};

/// Copies of what the host has in its memory. Pointers into it have counterparts there.
template <class Space>
class memory {
 public:
  /// Enters `count` numbers of `owner`, to be fetched where kernels change them. Those at the same
  /// place are entered once.
  template <class T>
  void add(T const* host, std::size_t count, void const* owner, bool changes = true) {
    if (host == nullptr || count == 0) return;
    auto const at = reinterpret_cast<std::uintptr_t>(host);
    piece& p = pieces_[at];
    std::size_t const size = count * sizeof(T);
    if (p.there.size() != size) p.there = bytes<Space>(size);
    p.owner = owner;
    p.changes = changes;
    p.send(at);
  }
  /// Enters `count` numbers that the host does not ask for afterwards, and gives their counterpart;
  /// null for none.
  template <class T>
  T* lend(T* host, std::size_t count) {
    if (count == 0) return nullptr;
    add(host, count, nullptr, false);
    return there(host);
  }
  /// Enters what a host array stands for, and kernels do not change: it is there.
  void add_what_is_there(void const* host, bytes<Space> const& there, void const* owner) {
    if (there.size() > 0)
      pieces_[reinterpret_cast<std::uintptr_t>(host)] = {there, owner, false, false};
  }
  /// The counterpart of a pointer to something that was entered; null for null.
  template <class T>
  T* there(T* host) const {
    if (host == nullptr) return nullptr;
    auto const at = reinterpret_cast<std::uintptr_t>(host);
    auto p = pieces_.upper_bound(at);
    if (p == pieces_.begin()) unknown();
    --p;
    if (at - p->first >= p->second.there.size()) unknown();
    return reinterpret_cast<T*>(p->second.there.data() + (at - p->first));
  }
  /// Lets the host have what kernels may have changed; of one owner, or of all for null.
  void fetch(void const* owner = nullptr) const {
    for (auto const& [at, p] : pieces_)
      if (p.changes && (owner == nullptr || p.owner == owner))
        p.there.fetch(reinterpret_cast<char*>(at), 0, p.there.size());
  }
  void send() const {
    for (auto const& [at, p] : pieces_)
      if (p.is_of_host) p.send(at);
  }
  void clear() { pieces_.clear(); }
  /// Remembers there what kernels may change, and lets it be so again.
  void keep() {
    for (auto& [at, p] : pieces_) {
      if (!p.changes) continue;
      if (p.kept.size() != p.there.size()) p.kept = bytes<Space>(p.there.size());
      p.kept.copy(p.there);
    }
  }
  void put_back() const {
    for (auto const& [at, p] : pieces_)
      if (p.changes) p.there.copy(p.kept);
  }

 private:
  struct piece {
    bytes<Space> there;
    void const* owner = nullptr;
    bool changes = true, is_of_host = true;
    bytes<Space> kept = {};

    void send(std::uintptr_t host) const {
      there.send(reinterpret_cast<char const*>(host), 0, there.size());
    }
  };
  [[noreturn]] static void unknown() {
    nernst::detail::refuse<std::logic_error>({"device: expected memory that it has a copy of"});
  }

  std::map<std::uintptr_t, piece> pieces_;
};

}  // namespace nernst::device
