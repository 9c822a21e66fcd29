// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/cell_layout.hpp>
#include <nernst/engine/population_base.hpp>

namespace nernst::cable {

template <class Real>
class cell_group;

/// What the elements of a mechanism are made from.
template <class Real>
struct mechanism_outline {
  population_outline<Real> of;
  mechanism_layout where;
  std::uint32_t first_cell, last_cell;
  compartment_lists compartments;  ///< in which it is, in each of these cells
};

/// The elements of a mechanism in compartments of cells, whatever their model. The cells let them
/// act in each step, block by block. Elements stand as their compartments do, so that kernels go
/// through both side by side; where only some of a pack do, they are gathered.
template <class Real>
class mechanism_group : public population_base<Real> {
  using base = population_base<Real>;

 public:
  mechanism_group(mechanism_outline<Real> outline, executor const& run, cell_group<Real>& cells);

  std::string_view element_word() const override { return "element"; }
  bool is_driven() const override { return true; }
  bool fires() const override {
    return model_.kernels[update_].spike != ir::none || this->threshold_is_apart() ||
           !model_.events.empty() || model_.own_events.fires;
  }
  double spike_delay() const override {
    return this->threshold_is_apart() || model_.own_events.fires ? 0 : 1;
  }
  /// \throws std::invalid_argument for steps of another length than those of the cells.
  void set_own_dt(double dt, std::int64_t now) override;
  void execute(int kernel, int partition, kernel::step_context const& now) override;
  std::size_t memory_bytes() const override;

  cell_group<Real>& cells() const { return cells_; }
  mechanism_layout const& where() const { return where_; }
  /// The cells [first, last) that have the mechanism, and in which compartments.
  std::uint32_t first_cell() const { return first_cell_; }
  std::uint32_t last_cell() const { return last_cell_; }
  compartment_lists const& compartments() const { return compartments_; }
  /// Whether it changes, reads behind the currents, or uses at all a variable of its compartments.
  bool writes(std::string_view local) const;
  bool reads(std::string_view local) const;
  bool uses(std::string_view local) const;
  /// Whether its currents are the same in all steps but for the voltage: nobody writes parameters,
  /// or wants to know what its ions carry.
  bool is_steady() const {
    bool const is_alone = !is_written_ && ion_currents_.empty();
    return model_.is_steady && model_.placed == ir::placement::density && is_alone;
  }
  void pin() override { is_written_ = true; }
  void await_resets() override { is_written_ = true; }
  bool has_current() const { return !model_.kernels[current_].is_empty(); }

  /// For the elements of a block: what states begin with, the currents, and the new states with
  /// who fires.
  void initialise(int block, int partition, kernel::step_context const& now);
  void add_currents(int block, int partition, kernel::step_context const& now);
  /// The kernels for these, and for the currents of ions that somebody wants to know.
  int current_kernel() const { return current_; }
  int update_kernel() const { return update_; }
  std::vector<int> const& ion_current_kernels() const { return ion_currents_; }
  /// All elements, sorted by compartments, in each in the order in which they act there. Empty
  /// where no compartment has several.
  std::vector<std::uint32_t> turns() const;
  /// Finds out whose ions' currents are wanted.
  void find_ions();
  void begin_step(int partition);
  void advance(int block, int partition, kernel::step_context const& now);
  void end_step(int partition, kernel::step_context const& now);

 protected:
  /// Those of a partition are the elements of its cells, which stand otherwise than they count.
  void call_by_number(std::uint32_t* first, std::uint32_t* last) const override;
  void visit(int kernel, int partition, kernel::step_context const& now,
             ir::span<std::uint32_t const> elements) override;

 private:
  /// Elements that stand apart, as one pack.
  struct gathered {
    std::uint32_t element[kernel::pack_width<Real>], compartment[kernel::pack_width<Real>];
    std::uint32_t count;
  };
  struct block_parts {
    std::vector<element_run> runs;  ///< whole packs
    std::vector<gathered> rest;
  };
  struct workspace {
    std::vector<Real*> arrays;
    std::vector<kernel::link> links;
    nernst::detail::host_array<Real> packs;
    std::uint32_t* fired = nullptr;
  };
  static constexpr std::uint32_t width = static_cast<std::uint32_t>(kernel::pack_width<Real>);

  /// Whether the update enters who fires, also where nobody ever does.
  bool fires_in_update() const { return fires() && !this->threshold_is_apart(); }
  void link_to_cells();
  void divide();
  void gather(block_parts& to, std::vector<element_run> const& rest) const;
  bool needs_order() const;
  std::uint32_t* sweep(int kernel, int block, int partition, kernel::step_context const& now,
                       std::uint32_t* fired);
  std::uint32_t* sweep_gathered(int kernel, gathered const& some, workspace& in,
                                nernst::detail::kernel_arguments<Real> here,
                                std::uint32_t* fired) const;

  using base::launches_;
  using base::model_;

  cell_group<Real>& cells_;
  mechanism_layout where_;
  std::uint32_t first_cell_, last_cell_;
  compartment_lists compartments_;
  int initialise_, current_, update_;
  std::vector<std::uint32_t> place_of_;    ///< by number; empty where that is the place
  bool is_written_ = false;                ///< by synapses or inputs
  std::vector<int> ion_currents_;          ///< kernels for the currents of ions that are wanted
  std::vector<int> local_;                 ///< arrays of the model that are those of compartments
  std::vector<std::vector<int>> written_;  ///< by kernel: the arrays that it changes
  std::vector<block_parts> parts_;         ///< by block
  std::vector<workspace> workspace_;       ///< by partition
};

}  // namespace nernst::cable

// Never compiled apart: it depends on the width of packs.
#include <nernst/cable/mechanism_group-inl.hpp>
