// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/refuse.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace nernst::detail {

/// Where an object of a network is, as long as there is the network.
template <class Object>
struct whereabouts {
  Object* object;
  std::string name;
};

/// What a user holds of an object that belongs to a network. Copies speak of the same object.
template <class Object>
class handle {
 public:
  explicit handle(std::shared_ptr<whereabouts<Object> const> where) : where_(std::move(where)) {}

  /// \throws std::logic_error once the network is no longer there.
  Object& operator*() const {
    if (where_->object == nullptr)
      refuse<std::logic_error>({where_->name, ": its network is no longer there"});
    return *where_->object;
  }
  Object* operator->() const { return &**this; }
  friend bool operator==(handle const&, handle const&) = default;

 private:
  std::shared_ptr<whereabouts<Object> const> where_;
};

/// The member by which an object gives out handles and tells them of its end.
template <class Object>
class handle_source {
 public:
  handle_source(Object& object, std::string name)
      : where_(
            std::make_shared<whereabouts<Object>>(whereabouts<Object>{&object, std::move(name)})) {}
  handle_source(handle_source const&) = delete;
  handle_source& operator=(handle_source const&) = delete;
  ~handle_source() { where_->object = nullptr; }

  handle<Object> get() const { return handle<Object>(where_); }

 private:
  std::shared_ptr<whereabouts<Object>> where_;
};

}  // namespace nernst::detail
