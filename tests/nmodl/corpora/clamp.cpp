// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What a .mod file does where the voltage or the current is given, for compare.py, which also says
// how to build this: clamp FILE voltage|current|derivative [tables]

#include "../clamped_membrane.hpp"
#include <algorithm>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <regex>
#include <vector>

namespace {

namespace nmodl = nernst::nmodl;
namespace ir = nernst::ir;

std::string text_of(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The texts of the files beside one that it includes, also indirectly.
struct beside {
  std::filesystem::path folder;
  std::deque<std::string> kept;
  std::vector<nmodl::source> included;

  void include_of(std::string const& text) {
    static std::regex const include("INCLUDE\\s*\"([^\"]+)\"");
    for (std::sregex_iterator at(text.begin(), text.end(), include), end; at != end; ++at) {
      std::string const name = (*at)[1];
      bool const is_there =
          std::ranges::any_of(included, [&](nmodl::source const& s) { return s.name == name; });
      if (is_there || !std::filesystem::is_regular_file(folder / name)) continue;
      std::string const& kept_name = kept.emplace_back(name);
      std::string const& inner = kept.emplace_back(text_of(folder / name));
      included.push_back({kept_name, inner});
      include_of(inner);
    }
  }
};

std::string without_index(std::string const& id) {
  return id.substr(0, id.find('['));
}

/// What the variables of a file are in its own units.
class written_values {
 public:
  written_values(nmodl::syntax const& s, nmodl::contents const& c, ir::model const& m)
      : s_(s), units_(c.units.with_usual_units()),
        current_(m.placed == ir::placement::point ? 1e-9 : 10) {}

  double si(std::string const& variable) const {
    std::string const id = without_index(variable);
    for (auto const& n : s_.listed) {
      bool const is_current = n.list == nmodl::keyword::nonspecific_current ||
                              n.list == nmodl::keyword::electrode_current;
      if (is_current && s_.names[n.name] == id) return current_;
    }
    for (auto const& v : s_.ion_variables)
      if (s_.names[v.name] == id && id.substr(1) == s_.names[s_.ions[v.ion].name] && id[0] == 'i')
        return current_;
    for (auto const& d : s_.declarations)
      if (s_.names[d.name] == id) return si_of(d.unit);
    return 1;
  }
  double si_of(int unit) const {
    auto const u = nmodl::interface_unit_of(units_, s_.unit_text(unit));
    return u.unit.is_one() ? 1 : u.si;
  }
  bool is_state(std::string const& variable) const {
    for (auto const& d : s_.declarations)
      if (s_.names[d.name] == without_index(variable)) return d.kind == nmodl::storage::state;
    return false;
  }

 private:
  nmodl::syntax const& s_;
  nmodl::unit_table units_;
  double current_;
};

/// Prints all values; behind `;` is what there was when currents were found.
void print(clamped_membrane& here, written_values const& file, std::string const& sample) {
  std::printf("SAMPLE %s v=%.17g", sample.c_str(), here.voltage() * 1e3);
  for (auto const& x : here.m.symbols) {
    std::string const id(x.id);
    bool const is_shown = x.kind == ir::role::state || x.kind == ir::role::subexpression;
    if (id[0] == '_' || x.owner != ir::side::here) continue;
    if (is_shown) {
      std::printf(" %s=%.17g", id.c_str(), here.get_now(id) / file.si(id));
      if (!file.is_state(id)) std::printf(";%.17g", here.get(id) / file.si(id));
    }
    if (x.kind != ir::role::local || id.find('.') == std::string::npos) continue;
    double const unit = id.ends_with("reversal") ? 1e3 : id.ends_with("current") ? 0.1 : 1;
    std::printf(" @%s=%.17g", id.c_str(), here.get(id) * unit);
  }
  std::printf("\n");
}

/// The variables of a connection; the first is its weight.
std::map<std::string, double> connection_of(nmodl::syntax const& s, clamped_membrane& here,
                                            written_values const& file) {
  std::map<std::string, double> all;
  for (nmodl::block const& b : s.blocks)
    for (int k = 0; k < b.arguments && b.kind == nmodl::keyword::net_receive; ++k) {
      auto const& v = s.locals[b.first_argument + k];
      std::string const id(s.names[v.name]);
      if (k == 0) here.set(id, 0.002 * file.si_of(v.unit));
      if (here.has(id)) all[id] = here.get(id);
    }
  return all;
}

/// Events that a file with NET_RECEIVE gets before a step.
class spike_train {
 public:
  spike_train(nmodl::syntax const& s, clamped_membrane& here, written_values const& file)
      : connection_(connection_of(s, here, file)) {}
  void arrive(clamped_membrane& here, int done) {
    if (connection_.empty()) return;
    for (auto const& [step, time] :
         {std::pair{40, 1.01e-3}, {44, 1.11e-3}, {120, 3.01e-3}, {280, 7.01e-3}}) {
      if (step != done) continue;
      double const now = here.time;
      here.time = time;
      here.event(connection_);
      here.time = now;
    }
  }

 private:
  std::map<std::string, double> connection_;
};

void give_voltage(clamped_membrane& here, written_values const& file, spike_train spikes) {
  constexpr double levels[] = {-89.7, -40.3, 0.2, 49.6, -70.4};
  for (int done = 0; done < 400; ++done) {
    spikes.arrive(here, done);
    int const k = done / 80, step = done % 80;
    here.step(levels[k] * 1e-3);
    if (step == 0 || step == 79) print(here, file, std::to_string(k) + "_" + std::to_string(step));
  }
}

void give_current(clamped_membrane& here, written_values const& file, spike_train spikes,
                  clamped_membrane::slope slope) {
  for (int done = 0; done < 400; ++done) {
    spikes.arrive(here, done);
    here.step_under(done >= 40 && done < 200 ? 0.1e-9 : 0, slope);
    if (done % 20 == 0 || done == 399) print(here, file, std::to_string(done));
  }
}

void run(nmodl::syntax const& s, nmodl::contents const& c, ir::model const& m,
         std::string_view given) {
  written_values const units(s, c, m);
  clamped_membrane here(m, 0.025e-3, 6.3);
  here.initialise(-65e-3);
  print(here, units, "init");
  spike_train const spikes(s, here, units);
  using slope = clamped_membrane::slope;
  if (given == "voltage") give_voltage(here, units, spikes);
  if (given == "current") give_current(here, units, spikes, slope::quotient);
  if (given == "derivative") give_current(here, units, spikes, slope::derivative);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  std::filesystem::path const path = argv[1];
  std::string_view const given = argv[2];
  std::string const text = text_of(path);
  beside files{path.parent_path(), {}, {}};
  files.include_of(text);
  nmodl::syntax s = nmodl::parse({"", text}, files.included);
  nmodl::contents c = nmodl::examine(s);
  auto const lowered =
      nmodl::lower(s, c, argc > 3 ? nmodl::table_mode::neuron : nmodl::table_mode::none);
  std::cout << "STAGE " << nmodl::to_text(c.needs) << std::endl;
  std::cout << "TABLE " << (text.find("TABLE") != std::string::npos) << std::endl;
  if (!lowered.found.what.ok()) {
    std::cout << "REFUSED " << nmodl::to_text(lowered.found).view() << '\n';
    return 0;
  }
  try {
    run(s, c, lowered.model, given);
  } catch (std::runtime_error const& e) {
    std::cout << "NOT RUN " << e.what() << std::endl;
  }
}
