// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/compartment_model.hpp>
#include <nernst/cable/compartments.hpp>
#include <nernst/cable/elimination.hpp>
#include <nernst/cable/flow_group.hpp>
#include <nernst/cable/ion_group.hpp>
#include <nernst/cable/joined_cells.hpp>
#include <nernst/cable/longitudinal_diffusion.hpp>
#include <nernst/cable/mechanism_group.hpp>
#include <nernst/cable/potential_group.hpp>
#include <nernst/cable/solve_chains.hpp>
#include <nernst/cable/solve_joined.hpp>
#include <nernst/cable/written_links.hpp>

#include <optional>

namespace nernst {

/// In which order a step is made.
enum class step_order : std::uint8_t {
  voltage_first,  ///< as NEURON and Arbor: currents by the states, voltages, then states by these
  states_first,   ///< as Brian 2: states by the voltages, then these by the currents of the states
};

namespace cable {

template <class Space, class Real>
class device_cells;
template <class Space, class Real>
class device_joints;

/// What of the steps of cells is the same for all that have one structure.
struct structure_rows {
  std::vector<known_of_row> known;  ///< by compartment
  std::optional<elimination> order;
  std::optional<held_rows> held;  ///< where cells are joined to others
  std::optional<chain_order> chains;
  std::vector<std::vector<row_run>> runs;  ///< by part
  std::vector<row_run> stem_runs;
};

/// The compartments of cells, whatever their mechanisms.
template <class Real>
class cell_group : public population_base<Real> {
  using base = population_base<Real>;

 public:
  /// `shapes` by the structures of the layout.
  cell_group(population_outline<Real> const& outline, executor const& run,
             std::vector<std::shared_ptr<compartments const>> shapes, cell_layout layout);

  std::string_view element_word() const override { return "compartment"; }
  bool fires() const override { return false; }
  void prepare(double dt) override;
  /// Of cells in parts: the pieces up to the stem, the stem, and back; what has to be known of
  /// whole cells then.
  int stages() const override;
  void update(int partition, kernel::step_context const& now) override;
  void go_on(int stage, int partition, kernel::step_context const& now) override;
  bool sees_others() const override { return !joined_.empty(); }
  std::vector<population_base<Real>*> driven() const override;
  std::size_t memory_bytes() const override;

  compartments const& shape(std::uint32_t structure) const { return *shapes_[structure]; }
  cell_layout const& layout() const { return layout_; }
  std::uint32_t cells() const { return layout_.cells(); }

  /// What a variable that a mechanism names is here: of which group, and its symbol there.
  /// \throws std::logic_error for an ion that the cells do not have yet.
  std::pair<population_base<Real>*, int> find_local(std::string_view id, ir::placement of) const;
  /// The ion of a name, or null.
  ion_group<Real>* ion(std::string_view name) const;
  std::vector<mechanism_group<Real>*> const& mechanisms() const { return mechanisms_; }
  /// Whether elements of a group are the compartments of these cells.
  bool has_in_compartments(engine::element_group<Real> const& of) const;
  void add(ion_group<Real>& ion);
  /// \throws std::invalid_argument where such a mechanism is in one of the compartments already.
  void require_free(kernel::compiled_model const& mechanism, std::string_view name,
                    mechanism_layout const& where) const;
  /// \throws std::invalid_argument where it writes a concentration that another mechanism, or
  /// another element of it, writes.
  void require_one_writer(mechanism_group<Real> const& mechanism) const;
  void add(mechanism_group<Real>& mechanism);
  void add(potential_group<Real>& potentials) { potentials_.push_back(&potentials); }
  /// What counts the currents of compartments, or null where nobody wants to know these.
  flow_group<Real>* flows() const { return flows_; }
  void add(flow_group<Real>& flows) { flows_ = &flows; }

  /// Joins compartments, from the next run on.
  /// \throws std::invalid_argument unless conductances are above 0, std::out_of_range for a
  /// compartment that is not there.
  void join(std::vector<joint> const& more);

  /// In K.
  double temperature() const { return temperature_; }
  void set_temperature(double kelvin) { temperature_ = kelvin; }
  void set(step_scheme scheme) { scheme_ = scheme; }
  void set(step_order order) { order_ = order; }
  /// The seed of the network, which random numbers depend on.
  void follow(std::uint64_t const& seed) { seed_ = &seed; }
  /// Lets all mechanisms begin at the present voltages, at once.
  void initialise();
  /// Lets all currents of a step be known behind it, also those that are the same in all steps.
  void keep_currents() { keeps_currents_ = true; }
  /// Whether nobody changes parameters within the runs to come.
  void expect_no_changes(bool nobody) override { may_be_steady_ = nobody; }
  /// Lets them do so before the next run.
  void forget() { set_initialised(0); }

 private:
  template <class, class>
  friend class device_cells;
  template <class, class>
  friend class device_joints;
  Real* own(std::string_view id) const { return this->array(id); }
  double& initialised() { return this->value_[this->model_.find("initialised")]; }
  void set_initialised(std::size_t mechanisms) { initialised() = static_cast<double>(mechanisms); }
  nernst::detail::host_array<Real> working_array(std::size_t number) const;
  std::size_t common(mechanism_layout const& some, mechanism_layout const& others) const;
  void require_one_writer(mechanism_group<Real> const& mechanism, std::string_view id,
                          mechanism_group<Real> const& other) const;
  void require_above_0(char const* what, Real found) const;
  void find_conductances();
  void find_rows(std::uint32_t structure);
  void find_rows();
  void find_steady();
  bool writes_concentrations(mechanism_group<Real> const& m) const;
  void find_order();
  void find_diffusions();
  void begin(cell_block const& of);
  void find_currents(int block, int partition, kernel::step_context const& now);
  cable_equation<Real> equation() const;
  void solve(cell_block const& of);
  void solve_to_joints(cell_block const& of);
  void solve_trees(int partition);
  held_solver<Real> held_solver_of(cell_block const& of) const;
  void solve_from_joints(cell_block const& of);
  void add_currents_of_rings(int partition);
  void know_joints(std::uint32_t structure, std::vector<known_of_row>& known) const;
  void find_joined();
  chain_solver<Real> solver_of(cell_block const& of) const;
  tree_piece const& piece_of(cell_block const& of) const;
  bool is_in_stem(cell_block const& of) const {
    return of.part < layout_.division(of.structure).stem_parts && !layout_.is_whole(of);
  }
  void solve_up(cell_block const& of) const;
  void solve_stem(cell_block const& of) const;
  void solve_down(cell_block const& of) const;
  void eliminate_steady();
  bool are_alike(cell_block const& of);
  void find_flows(cell_block const& of);
  void find_outside(int block);
  void correct_ions(cell_block const& of);
  void advance_states(int block, int partition, kernel::step_context const& now);
  bool diffuses() const;
  void diffuse(int block);
  void end_cells(int block);
  void end_block(int block, int partition, kernel::step_context const& now);
  void end_steps(int partition, kernel::step_context const& now);
  structure_rows const& rows_of(cell_block const& b) const { return rows_[b.structure]; }
  forest trees_of(cell_block const& b) const { return rows_of(b).order->trees(1, 0, 1); }
  template <class Act>
  void for_each_compartment(Act const& act) const;
  template <class Act>
  void for_each_block(int partition, Act const& act) const {
    for (int b = layout_.first_block(partition); b < layout_.last_block(partition); ++b) act(b);
  }
  /// Rows of all cells of a block.
  static forest side_by_side(std::vector<eliminated_row> const& rows, cell_block const& of) {
    return {.order = rows.data(),
            .compartments = static_cast<int>(rows.size()),
            .cells = static_cast<int>(of.cells)};
  }

  Real *v_, *area_, *current_, *conductance_, *point_current_, *point_conductance_, *rest_;
  std::vector<std::shared_ptr<compartments const>> shapes_;
  cell_layout layout_;
  std::vector<std::uint32_t> number_;
  std::vector<ion_group<Real>*> ions_;
  std::vector<mechanism_group<Real>*> mechanisms_;
  std::vector<potential_group<Real>*> potentials_;
  flow_group<Real>* flows_ = nullptr;
  std::vector<mechanism_group<Real>*> active_;  ///< in the order in which they act
  std::vector<longitudinal_diffusion<Real>> diffusions_;
  std::vector<mechanism_group<Real>*> changing_;  ///< those whose currents are computed in steps
  nernst::detail::host_array<Real> axial_, diagonal_, steady_conductance_, steady_inflow_, inverse_,
      factor_;
  joined_cells joined_;
  std::vector<Real> tree_axial_;              ///< by place: to the parent in a tree of cells
  std::vector<std::vector<ring_end>> rings_;  ///< by partition: ends of joints that are in no tree
  std::vector<structure_rows> rows_;          ///< by structure
  std::vector<std::vector<steady_row<Real>>> alike_;  ///< of it, by row; empty where cells differ
  step_scheme scheme_ = step_scheme::backward_euler;
  step_order order_ = step_order::voltage_first;
  bool keeps_currents_ = false, may_be_steady_ = false;
  double temperature_ = 279.45;
  std::uint64_t const* seed_ = nullptr;
};

}  // namespace cable
}  // namespace nernst

// Never compiled apart: it depends on the width of packs.
#include <nernst/cable/cell_group-inl.hpp>
#include <nernst/cable/cell_preparation-inl.hpp>
#include <nernst/cable/cell_step-inl.hpp>
