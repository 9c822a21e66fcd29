// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/ir/slot.hpp>
#include <nernst/kernel/step_context.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace nernst::io {
struct field;
class growing_table;
}  // namespace nernst::io

namespace nernst::engine {
class archive;
}

namespace nernst::detail {

/// Steps of one length that a record spans: [first_step, end_step), and the number of its entries
/// (rows, or spikes) that are older.
struct stretch {
  double dt;
  std::int64_t first_step, end_step;
  std::size_t entries_before;

  double duration() const { return static_cast<double>(end_step - first_step) * dt; }
};
/// The stretch that an entry is in.
stretch const& stretch_of(std::vector<stretch> const& all, std::size_t entry);
/// Stores them or restores them, of a record with that many entries.
void keep_stretches(engine::archive& through, std::vector<stretch>& all, std::size_t entries);
/// Enters one that begins behind that many entries. It takes the place of one in which nothing is.
void enter_stretch(std::vector<stretch>& all, double dt, std::int64_t step, std::size_t entries);
/// How long a record is, in seconds.
double duration_of(std::vector<stretch> const& all);

/// What a network does with whatever it records. What snapshots do with it only programs know
/// that make some: see `kept_record`. (Kinds of records declare their functions inline:
/// compilers give each program all of a class that has a virtual function which is not.)
struct record_store {
  std::string name;        ///< of what is recorded: "spikes of cells"
  bool active = true;      ///< whether it takes part in runs that begin from now on
  bool takes_part = true;  ///< in the run under way, or the last one

  virtual ~record_store() = default;
  /// Called before a run.
  virtual void begin_run() { takes_part = active; }
  /// Goes on with steps of another length, from the one that is number `step` then.
  virtual void change_dt(double dt, std::int64_t step) = 0;
  /// Called between the pieces of a run, when the steps up to `end` have been made.
  virtual void collect(std::int64_t end) = 0;
  /// Called when all records have collected: appends it to a file, where it belongs to one.
  /// \throws std::runtime_error if it cannot be written; then it is kept.
  virtual void pass_on() {}
  virtual std::size_t memory_bytes() const = 0;
};

/// One that looks at the neurons in the steps themselves.
struct sampling_store : record_store {
  ir::instant when;

  /// \throws std::invalid_argument if it cannot be recorded in steps of this length.
  virtual void prepare(double) {}
  /// What is recorded has other numbers: by old number the new one, 0xFFFFFFFF for none.
  virtual void renumber(std::vector<std::uint32_t> const&) {}
  /// Makes room for the steps up to `end`, so that `record` allocates nothing.
  virtual void reserve(std::int64_t end) = 0;
  /// Only the steps up to `end` have been made.
  virtual void cut(std::int64_t end) = 0;
  /// Takes the values of the neurons [begin, end) of a partition in a step.
  virtual void record(int partition, std::uint32_t begin, std::uint32_t end,
                      kernel::step_context const& now) = 0;
};

/// One of values that stand in arrays, or have to be evaluated: a row of them for a step.
template <class Real>
struct row_store : sampling_store {
  /// By variable; null for what has to be evaluated. Arrays of the network: only read while that
  /// runs.
  std::vector<Real const*> arrays;
  /// The places of the elements during a run, 0xFFFFFFFF for one that is no longer there.
  std::vector<std::uint32_t> stored;
  std::int64_t every = 1;  ///< in how many steps of the present length there is a row

  /// Where the values of a step stand, those of each variable side by side, behind those of the
  /// last one that had a row. Null for steps that have none.
  virtual Real* row_of(std::int64_t step) = 0;
};

/// A file that a record goes on in. Programs that do not ask for one do not compile what it takes.
template <class Store>
struct record_file {
  std::shared_ptr<io::growing_table> table;
  void (*append)(Store& from) = nullptr;

  bool is_open() const { return append != nullptr; }
  void append_from(Store& from) const {
    if (is_open()) append(from);
  }
};

/// "a, b, c": what was recorded, or the beginning of it.
template <class Name>
std::string listing(std::size_t count, Name const& name) {
  constexpr std::size_t most = 8;
  std::string all;
  for (std::size_t k = 0; k < count && k < most; ++k) {
    if (k > 0) all += ", ";
    all += name(k);
  }
  return count > most ? all + " ..." : all;
}

/// A variable of a record.
struct recorded_variable {
  std::string id, unit;
};
/// The place of a variable among those recorded. \throws std::out_of_range for another one.
std::size_t place_of(std::string const& record, std::vector<recorded_variable> const& all,
                     std::string_view id);

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/engine/record_store-inl.hpp>
#endif
