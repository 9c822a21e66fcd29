// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/device/mirror.hpp>

#include <memory>
#include <vector>

namespace nernst::device {

/// What the kernels of a group of elements find in the memory of a space.
template <class Space, class Real>
class group_view {
 public:
  using group = engine::element_group<Real>;

  group_view(memory<Space> const& in, population_base<Real>& of)
      : group_view(in, static_cast<group&>(of)) {}
  group_view(memory<Space> const& in, projection_base<Real>& of)
      : group_view(in, static_cast<group&>(of)) {
    ends_ = array<Space, kernel::synapse_end<Real>>(std::vector<kernel::synapse_end<Real>>{
        mirror::end(in, of, ir::side::pre), mirror::end(in, of, ir::side::post)});
    elsewhere_ = array<Space, double const*>(mirror::elsewhere(in, of));
    around_.ends = ends_.data();
    around_.elsewhere = elsewhere_.data();
    std::uint32_t const* const numbers = mirror::numbers(of);
    around_.numbers = in.there(numbers);
    part_sizes_ = mirror::part_sizes(of);
    for (int which = 0; which < 4; ++which) {
      ir::list<kernel::link> const& links = mirror::links_of_neurons(of, which);
      if (!links.empty()) links_of_neurons_[which] = links_there(in, links);
    }
  }

  /// For all elements, and for kernels that are executed for the neurons at an end of synapses.
  detail::kernel_arguments<Real> arguments(kernel::step_context const& now) const {
    detail::kernel_arguments<Real> a = mirror::arguments(*of_, now);
    a.arrays = arrays_.data();
    a.around = around_;
    return a;
  }
  detail::kernel_arguments<Real> arguments_of_neurons(kernel::step_context const& now,
                                                      int which) const {
    detail::kernel_arguments<Real> a = arguments(now);
    a.around.links = links_of_neurons_[which].data();
    return a;
  }
  std::vector<std::size_t> const& part_sizes() const { return part_sizes_; }
  /// The elements of each partition, or all as one, for kernels that take one after the other.
  elements in_order(bool as_one) const {
    places const& all = as_one ? one_ : by_partition_;
    elements e;
    e.parts = static_cast<int>(all.begin.size());
    e.begin = all.begin.data();
    e.end = all.end.data();
    e.list = all.list.size() == 0 ? nullptr : all.list.data();
    return e;
  }

 private:
  struct places {
    array<Space, std::uint32_t> begin, end, list;
  };

  group_view(memory<Space> const& in, group& of) : of_(&of), arrays_(mirror::arrays(in, of)) {
    links_ = links_there(in, mirror::links(of));
    tables_ = array<Space, kernel::timed_table>(mirror::tables(in, of));
    inversions_ = array<Space, kernel::inversion_table>(mirror::inversions(in, of));
    around_.values = of.values().empty() ? nullptr : in.there(of.values().data());
    around_.links = links_.data();
    around_.tables = tables_.data();
    around_.inversions = inversions_.size() == 0 ? nullptr : inversions_.data();
    around_.open = in.there(mirror::mask(of));
    find_order(of);
  }
  static array<Space, kernel::link> links_there(memory<Space> const& in,
                                                ir::list<kernel::link> const& links) {
    std::vector<kernel::link> all;
    for (kernel::link const& x : links) all.push_back(mirror::there(in, x));
    return array<Space, kernel::link>(all);
  }
  void find_order(group const& of) {
    std::vector<std::uint32_t> begin, end, list;
    for (int p = 0; p < of.partitions(); ++p) {
      std::vector<std::uint32_t> const* const order = mirror::order_of(of, p);
      if (order == nullptr) {
        begin.push_back(static_cast<std::uint32_t>(of.begin(p)));
        end.push_back(static_cast<std::uint32_t>(of.end(p)));
      } else {
        begin.push_back(static_cast<std::uint32_t>(list.size()));
        list.insert(list.end(), order->begin(), order->end());
        end.push_back(static_cast<std::uint32_t>(list.size()));
      }
    }
    by_partition_ = {array<Space, std::uint32_t>(begin), array<Space, std::uint32_t>(end),
                     array<Space, std::uint32_t>(list)};
    one_ = {array<Space, std::uint32_t>(std::vector<std::uint32_t>{begin.front()}),
            array<Space, std::uint32_t>(std::vector<std::uint32_t>{end.back()}),
            by_partition_.list};
  }

  group* of_;
  std::vector<Real*> arrays_;
  std::vector<std::size_t> part_sizes_;
  array<Space, kernel::link> links_, links_of_neurons_[4];
  array<Space, kernel::timed_table> tables_;
  array<Space, kernel::inversion_table> inversions_;
  array<Space, kernel::synapse_end<Real>> ends_;
  array<Space, double const*> elsewhere_;
  places by_partition_, one_;
  kernel::external_data<Real> around_{};
};

/// What spikes that arrive at a pathway find there.
template <class Space, class Real>
class pathway_view {
 public:
  pathway_view(memory<Space> const& in, projection_base<Real> const& of,
               engine::pathway<Real> const& p)
      : waits_(mirror::waits(p)), part_sizes_(mirror::part_sizes(of)) {
    arrival_.to = mirror::rows_of(in, of, p);
    arrival_.waits = waits_.data();
    arrival_.delays = static_cast<std::uint32_t>(waits_.size());
    arrival_.first_step = mirror::first_step(p);
    arrival_.parts = static_cast<std::uint32_t>(of.partitions());
    arrival_.source_of = in.there(mirror::index(of, ir::side::pre));
    arrival_.target_of = in.there(mirror::index(of, ir::side::post));
    arrival_.part_sizes = part_sizes_.data();
    for (ir::side const side : {ir::side::pre, ir::side::post})
      arrival_.per_synapse[side == ir::side::pre ? 0 : 1] = of.is_per_synapse(side);
    bool const shares = !Kokkos::SpaceAccessibility<Space, Kokkos::HostSpace>::accessible;
    arrival_.side_by_side = shares && p.from_source() && !of.rows().has_repeated_targets(of.run());
  }
  /// Of spikes in these lists.
  arrival at(step_count const& when, spikes const& of) const {
    arrival a = arrival_;
    a.when = when;
    a.of = of;
    return a;
  }
  /// The same with what arrives in a step that was fired before delays have changed.
  arrival at(step_count const& when, spikes const& of,
             std::vector<std::vector<std::uint32_t>> const& early) {
    std::vector<std::uint32_t> begin{0}, places;
    for (auto const& of_part : early) {
      places.insert(places.end(), of_part.begin(), of_part.end());
      begin.push_back(static_cast<std::uint32_t>(places.size()));
    }
    early_begin_ = array<Space, std::uint32_t>(begin);
    early_ = array<Space, std::uint32_t>(places);
    arrival a = at(when, of);
    a.early_begin = early_begin_.data();
    a.early = early_.data();
    return a;
  }

 private:
  array<Space, std::int64_t> waits_;
  std::vector<std::size_t> part_sizes_;
  array<Space, std::uint32_t> early_begin_, early_;
  arrival arrival_;
};

}  // namespace nernst::device
