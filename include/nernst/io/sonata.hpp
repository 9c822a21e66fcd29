// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// Spikes and reports in SONATA files, which are HDF5 files:
/// https://github.com/AllenInstitute/sonata/blob/master/docs/SONATA_DEVELOPER_GUIDE.md. Programs
/// that use them link `nernst::sonata`.
namespace nernst::io::sonata {

/// The spikes of a population: spike k is one of node `node_ids[k]` at `times[k]` seconds. In files
/// times are in milliseconds.
struct spikes {
  std::string population;
  std::vector<std::uint64_t> node_ids;
  std::vector<double> times;
};

/// How spikes are sorted in a file, which says so.
enum class order : std::uint8_t { none, by_id, by_time };

/// Values of nodes over time, in the unit of the file: node k has those in the columns
/// [index_pointers[k], index_pointers[k + 1]), each of an element (such as a compartment).
struct report {
  std::string population;
  std::string unit;
  std::vector<std::uint64_t> node_ids;
  std::vector<std::uint64_t> index_pointers;
  std::vector<std::uint32_t> element_ids;  ///< by column
  double begin = 0, dt = 0;                ///< of the rows, in seconds
  std::vector<float> values;               ///< rows x columns

  std::size_t rows() const { return element_ids.empty() ? 0 : values.size() / element_ids.size(); }
};

/// Writes /spikes/<population>/timestamps and node_ids for each. The file appears whole or not at
/// all.
/// \throws std::invalid_argument for lists of different lengths, std::runtime_error when it cannot
/// be written.
void write_spikes(std::string const& path, std::vector<spikes> const& populations,
                  order sorting = order::by_time);

/// Reads the spikes of a population (of the only one, without a name), in the order of the file.
/// \throws std::runtime_error for what is no such file, or has no such population.
spikes read_spikes(std::string const& path, std::string const& population = {});

/// Writes /report/<population>/data and mapping for each, in the same way.
void write_report(std::string const& path, std::vector<report> const& populations);

/// The unit that SONATA has for values in an SI unit ("mV" for "V"), and how many of it they are.
std::pair<std::string, double> customary_unit(std::string const& si);

/// What a `spike_record` has, under the name of a population. Neuron 0 of the record is node
/// `first`.
template <class Record>
spikes spikes_of(Record const& record, std::string population, std::uint64_t first = 0) {
  spikes s{std::move(population), {}, record.times()};
  for (auto const n : record.neurons()) s.node_ids.push_back(first + static_cast<std::uint64_t>(n));
  return s;
}

/// What a `state_record` has of a variable, in the customary unit. Its rows have to be equally
/// far apart.
template <class Record>
report report_of(Record const& record, std::string const& variable, std::string population,
                 std::uint64_t first = 0) {
  report r;
  r.population = std::move(population);
  double scale = 1;
  std::vector<std::string> const variables = record.variables();
  for (std::size_t k = 0; k < variables.size(); ++k)
    if (variables[k] == variable) {
      auto [unit, factor] = customary_unit(record.units()[k]);
      r.unit = std::move(unit);
      scale = factor;
    }
  std::vector<double> const times = record.times();
  std::vector<std::uint32_t> const neurons = record.neurons();
  r.begin = times.empty() ? 0 : times.front();
  auto const steps = static_cast<double>(times.size()) - 1;
  r.dt = times.size() < 2 ? 0 : (times.back() - times.front()) / steps;
  r.index_pointers.push_back(0);
  r.element_ids.assign(neurons.size(), 0);
  r.values.resize(times.size() * neurons.size());
  for (std::size_t n = 0; n < neurons.size(); ++n) {
    r.node_ids.push_back(first + neurons[n]);
    r.index_pointers.push_back(n + 1);
    std::vector<double> const trace = record.trace(variable, neurons[n]);
    for (std::size_t k = 0; k < trace.size(); ++k)
      r.values[k * neurons.size() + n] = static_cast<float>(trace[k] * scale);
  }
  return r;
}

}  // namespace nernst::io::sonata
