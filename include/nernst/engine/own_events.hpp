// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/event_outbox.hpp>
#include <nernst/engine/event_receiver.hpp>
#include <nernst/engine/event_shelf.hpp>
#include <nernst/engine/population_base.hpp>
#include <nernst/engine/projection_base.hpp>

#include <memory>
#include <string>
#include <vector>

namespace nernst::engine {

/// Events that elements of a mechanism send to themselves, as NET_RECEIVE of a .mod file does. Each
/// acts at the end of the step that is nearest to its time, which is the time that it sees; those
/// of an element one after the other, by rising time and in the order of sending. What sees no
/// connection of its own sees that through which came what had it sent. Each partition has its own
/// events.
template <class Real>
class own_events : public event_receiver<Real> {
 public:
  explicit own_events(population_base<Real>& of)
      : of_(of), model_(of.model()), initialise_(model_.find(kernel::trigger::initialise)) {
    for (int k = 0; k <= model_.own_events.loops; ++k)
      blocks_.push_back(kernel_of(model_, ir::event_part::of_itself, k));
    shelves_.resize(static_cast<std::size_t>(of.partitions()));
    find_arrays();
    has_moving_.assign(of.bounds().back(), own_event::none);
    turns_.assign(of.bounds().back(), {});
  }

  bool fires() const override { return model_.own_events.fires; }
  void prepare() override;
  void enter(projection_base<Real>& connections) override;
  void forget() override;
  void start(kernel::step_context const& now) override;
  void act(int partition, kernel::step_context const& now, bool late) override;
  void receive(projection_base<Real> const& by, int partition, synapse_part some,
               kernel::step_context const& now) override;
  std::uint32_t* take_fired(int partition, std::uint32_t* to) override;
  void renumber(projection_base<Real> const& connections,
                std::vector<std::uint32_t> const& before) override;
  void keep(archive& through) override;
  std::size_t memory_bytes() const override {
    std::size_t bytes = (has_moving_.size() + place_.size()) * sizeof(std::uint32_t) +
                        turns_.size() * sizeof(event_turn);
    for (partition_events const& p : shelves_) bytes += p.pending.memory_bytes();
    for (incoming const& c : incoming_) bytes += c.memory_bytes();
    return bytes;
  }

 protected:
  /// The connections of a projection, and the kernels of its model.
  struct incoming {
    projection_base<Real>* of = nullptr;
    std::vector<int> blocks = {}, loops = {};
    int begins = ir::none;
    std::vector<std::uint32_t> place = {};            ///< by number
    std::vector<std::int32_t> target = {};            ///< by place: that of the element
    std::vector<std::uint32_t> first = {}, all = {};  ///< of loops: places by element, as numbered

    /// Executes a kernel, if the model has it.
    void act(int kernel, int partition, synapse_part some, kernel::step_context now) const {
      now.key.object = of->object();
      if (kernel != ir::none) of->act(kernel, partition, some, now);
    }
    std::size_t memory_bytes() const {
      return sizeof(std::uint32_t) * (place.size() + target.size() + first.size() + all.size());
    }
  };
  struct partition_events {
    event_shelf<> pending;
    std::vector<std::uint32_t> fired;  ///< numbers
  };

  partition_events& of_partition(int p) { return shelves_[static_cast<std::size_t>(p)]; }
  std::uint32_t number_at(std::uint32_t place) const {
    return of_.numbers() == nullptr ? place : of_.numbers()[place];
  }

  /// That of a projection, how many there are where it is none of them.
  std::uint32_t number_of(projection_base<Real> const& connections) const {
    std::uint32_t number = 0;
    while (number < incoming_.size() && incoming_[number].of != &connections) ++number;
    return number;
  }
  /// Takes all pending events out: of each element in the order in which they act.
  std::vector<own_event> collect();
  void distribute(std::vector<own_event> const& all);

  population_base<Real>& of_;
  event_outbox<Real> outbox_;
  std::vector<partition_events> shelves_;
  std::vector<event_turn> turns_;     ///< by place
  std::vector<std::uint32_t> place_;  ///< by number
  std::vector<incoming> incoming_;

 private:
  /// Where the element stands that an event reaches, and what it comes by.
  struct reached {
    std::uint32_t place;
    int partition;
    std::uint32_t projection = own_event::none, connection = own_event::none;
  };

  static int kernel_of(kernel::compiled_model const& model, ir::event_part part, int number) {
    return model.find(kernel::trigger::event, kernel::number_of_block(part, number));
  }
  void find_arrays();
  Real* array(std::string_view id, int number) const {
    return of_.array(std::string(id) + std::to_string(number));
  }
  void list_by_target(incoming& c) const;
  void begin_elements(kernel::step_context const& now);
  void begin_connections(kernel::step_context const& now);
  void find_watched(int partition, double time);
  void act_until(int partition, double until, kernel::step_context const& now);
  void act_on(reached const& at, double time, double flag, kernel::step_context now);
  void loop_over(int number, reached const& at, kernel::step_context const& now);
  void take_sent(reached const& at, double now);
  void send(reached const& from, double time, double flag);

  kernel::compiled_model const& model_;
  int initialise_;
  std::vector<int> blocks_;
  std::vector<Real*> delay_, delay_flag_, watch_, set_watch_, watch_flag_;
  std::vector<std::uint32_t> has_moving_;  ///< by place: the slot of the event that net_move moves
  std::vector<std::uint32_t> begun_;       ///< of each projection: how many connections have begun
  std::uint8_t is_new_ = 1;                ///< what INITIAL has sent has not been looked at
};

/// What elements of a model have that sends events.
template <class Real>
std::unique_ptr<event_receiver<Real>> make_own_events(population_base<Real>& of) {
  return std::make_unique<own_events<Real>>(of);
}

}  // namespace nernst::engine

#include <nernst/engine/own_events-inl.hpp>
#include <nernst/engine/own_events_kept-inl.hpp>
