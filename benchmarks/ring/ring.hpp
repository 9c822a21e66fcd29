// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable.hpp>
#include <nernst/mechanisms/exp_synapse.hpp>
#include <nernst/mechanisms/hh.hpp>
#include <nernst/mechanisms/passive.hpp>

#include "../program.hpp"

/// The networks of cells.py.
namespace ring {
using namespace nernst::dsl;
namespace mechanisms = nernst::mechanisms;

/// A dendrite: the number of the one that it begins at the end of (-1 for the soma), its length and
/// diameter in um, and into how many compartments it is cut.
struct dendrite {
  int parent;
  double length, diameter;
  int compartments;
};

/// Four that leave the soma, and two behind each of these.
inline std::vector<dendrite> dendrites() {
  std::vector<dendrite> all(4, {-1, 100, 1.25, 5});
  for (int k = 0; k < 8; ++k) all.push_back({k / 2, 100, 0.8, 5});
  return all;
}

inline nernst::morphology shape_of(std::vector<dendrite> const& dendrites) {
  nernst::morphology shape(cylinder(20 * um, 20 * um));
  for (dendrite const& d : dendrites)
    shape.attach(d.parent + 1, 1, cylinder(d.length * um, d.diameter * um),
                 "dendrite" + std::to_string(shape.size()));
  return shape;
}

/// The soma as one compartment, dendrites as many as they say.
inline nernst::discretisation pieces_of(std::vector<dendrite> const& dendrites) {
  int const each = dendrites.front().compartments;
  return nernst::fixed_per_branch([each](nernst::cable::branch const& b) {
    return b.parent == nernst::cable::none ? 1 : each;
  });
}

struct wiring {
  bool active_dendrites;
  std::uint32_t cells_of_a_ring;
  nernst::ir::quantity<"s"> delay;
};

inline benchmarks::contents build(benchmarks::network& net, std::uint32_t size,
                                  std::vector<dendrite> const& dendrites, wiring const& how) {
  auto const cells = net.cells(size, shape_of(dendrites), pieces_of(dendrites));
  auto const soma = branch(0);
  cells.paint(whole, axial_resistivity = 100 * ohm * cm);
  cells.template paint<mechanisms::hh>(how.active_dendrites ? whole : soma);
  if (!how.active_dendrites)
    cells.template paint<mechanisms::passive>(whole - soma, mechanisms::passive::g = 0.1 * mS / cm2,
                                              mechanisms::passive::e = -65 * mV);
  auto const synapses = cells.template place<mechanisms::exp_synapse>(
      at(1, 0.5), mechanisms::exp_synapse::tau = 2 * ms, mechanisms::exp_synapse::e = 0 * mV);
  auto const detectors = cells.detect(at(0, 0.5), 0 * mV);

  std::vector<std::uint32_t> from, to, first;
  for (std::uint32_t k = 0; k < size; ++k) {
    std::uint32_t const ring = k / how.cells_of_a_ring * how.cells_of_a_ring;
    std::uint32_t const in_ring = std::min(how.cells_of_a_ring, size - ring);
    from.push_back(k);
    to.push_back(ring + (k - ring + 1) % in_ring);
    if (k == ring) first.push_back(k);
  }
  auto const projection = net.connect(detectors, synapses, pairs(from, to), how.delay);
  projection[mechanisms::exp_synapse::weight] = 0.02 * uS;

  // What neurons fire in a step acts behind it: in the step that begins at 5 ms.
  auto const rings = static_cast<std::uint32_t>(first.size());
  std::vector<std::uint32_t> each(first.size());
  for (std::uint32_t k = 0; k < rings; ++k) each[k] = k;
  auto const kick = net.spikes(rings, each, std::vector<double>(each.size(), 0.0));
  net.connect(kick, synapses, pairs(each, first),
              5 * ms - 0.025 * ms)[mechanisms::exp_synapse::weight] = 0.02 * uS;
  return {{net.record_spikes(detectors, nernst::keep::counts)}, size, size + rings};
}

}  // namespace ring
