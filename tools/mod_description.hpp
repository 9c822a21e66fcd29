// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/model.hpp>
#include <nernst/ir/units.hpp>
#include <nernst/nmodl/contents.hpp>

#include <sstream>
#include <string>

/// What a .mod file contains, for people.
namespace mod_description {

namespace ir = nernst::ir;
namespace nmodl = nernst::nmodl;

/// hh.mod: density mechanism hh, stage core
inline std::string headline(nmodl::syntax const& s, nmodl::contents const& c) {
  std::string line(s.sources[0].name);
  line += ": ";
  line += to_text(c.kind);
  line += " mechanism";
  if (s.name != ir::none) (line += " ") += s.spelling(s.name);
  (line += ", stage ") += to_text(c.needs);
  if (c.has_mistake()) line += ", with mistakes";
  return line;
}

namespace detail {

/// A line of names under a title, if there are any.
class listing {
 public:
  explicit listing(std::string title) : title_(std::move(title)) {}
  void add(std::string const& one) { (all_ += all_.empty() ? "" : ", ") += one; }
  friend std::ostream& operator<<(std::ostream& out, listing const& l) {
    if (l.all_.empty()) return out;
    std::string title = "  " + l.title_;
    title.resize(15, ' ');
    return out << title << l.all_ << '\n';
  }

 private:
  std::string title_, all_;
};

inline std::string number(double x) {
  std::ostringstream out;
  out.precision(9);
  out << x;
  return out.str();
}
inline std::string with_unit(nmodl::syntax const& s, int unit) {
  return unit == ir::none ? "" : " (" + std::string(s.unit_text(unit)) + ")";
}

inline listing declared(nmodl::syntax const& s, nmodl::storage kind, std::string const& title) {
  listing all(title);
  for (nmodl::declaration const& d : s.declarations) {
    if (d.kind != kind) continue;
    std::string one(s.names[d.name]);
    if (d.size > 0) one += "[" + std::to_string(d.size) + "]";
    if (d.has_value || d.other != ir::none) one += " = " + number(d.value);
    all.add(one + with_unit(s, d.other != ir::none ? d.other : d.unit));
  }
  return all;
}
inline listing listed(nmodl::syntax const& s, nmodl::keyword list, std::string const& title) {
  listing all(title);
  for (nmodl::listed_name const& n : s.listed)
    if (n.list == list) all.add(std::string(s.names[n.name]));
  return all;
}
inline listing ions(nmodl::syntax const& s) {
  listing all("ions");
  for (int k = 0; k < s.ions.size(); ++k) {
    std::string reads, writes;
    for (nmodl::ion_variable const& v : s.ion_variables)
      if (v.ion == k) ((v.is_written ? writes : reads) += " ") += s.names[v.name];
    std::string one(s.names[s.ions[k].name]);
    if (s.ions[k].has_valence) one += " (valence " + number(s.ions[k].valence) + ")";
    if (!reads.empty()) one += " reads" + reads;
    if (!writes.empty()) one += " writes" + writes;
    all.add(one);
  }
  return all;
}
inline listing blocks(nmodl::syntax const& s) {
  listing all("blocks");
  for (nmodl::block const& b : s.blocks) {
    std::string one(to_text(b.kind));
    if (b.moment != nmodl::keyword::none) (one += " ") += to_text(b.moment);
    if (b.name != ir::none) (one += " ") += s.names[b.name];
    if (b.arguments > 0) {
      one += "(";
      for (int k = 0; k < b.arguments; ++k)
        (one += k > 0 ? ", " : "") += s.names[s.locals[b.first_argument + k].name];
      one += ")";
    }
    all.add(one);
  }
  return all;
}
inline listing solved(nmodl::syntax const& s) {
  listing all("solves");
  for (nmodl::node const& n : s.nodes) {
    if (n.kind != nmodl::node_kind::solve) continue;
    std::string one(s.names[n.name]);
    if (n.a != ir::none) (one += " by ") += s.names[s.nodes[n.a].name];
    if (n.value != 0) one += ", steady state";
    all.add(one);
  }
  return all;
}
inline listing beyond_core(nmodl::syntax const& s, nmodl::contents const& c) {
  listing all("beyond core");
  for (nmodl::use const& u : c.uses) {
    nmodl::construct_row const& row = nmodl::properties(u.what);
    nmodl::finding place;
    place.at = u.at;
    place = s.located(place);
    all.add(std::string(row.name) + " (" + std::string(to_text(row.needs)) + ", line " +
            std::to_string(place.what.line) + ")");
  }
  return all;
}

}  // namespace detail

inline std::string describe(nmodl::syntax const& s, nmodl::contents const& c) {
  using nmodl::keyword;
  using nmodl::storage;
  std::ostringstream out;
  out << headline(s, c) << '\n'
      << detail::ions(s) << detail::listed(s, keyword::nonspecific_current, "currents")
      << detail::listed(s, keyword::electrode_current, "electrode")
      << detail::listed(s, keyword::pointer, "pointers")
      << detail::declared(s, storage::parameter, "parameters")
      << detail::declared(s, storage::constant, "constants")
      << detail::declared(s, storage::factor, "factors")
      << detail::declared(s, storage::state, "states") << detail::solved(s) << detail::blocks(s)
      << detail::beyond_core(s, c);
  return out.str();
}

/// PARAMETERs that are constants, as they bound loops.
inline std::string fixed(nmodl::syntax const& s, nmodl::contents const& c) {
  detail::listing all("bounds loops");
  for (int const name : c.fixed) all.add(std::string(s.names[name]));
  std::ostringstream out;
  out << all;
  return out.str();
}
/// What became of it: how its states are integrated, what is kept from one part of a step to
/// another, what can be read that is not kept.
inline std::string derived(ir::model const& m) {
  detail::listing equations("integrates"), diffuses("diffuses"), kept("keeps"), seen("shows"),
      connection("connection");
  for (ir::equation const& e : m.equations)
    equations.add(std::string(m.at(e.symbol).id) + " by " + std::string(ir::name_of(e.method)));
  for (ir::diffusion const& d : m.diffusions) diffuses.add(std::string(m.at(d.symbol).id));
  for (ir::symbol const& s : m.symbols) {
    if (s.id.view().starts_with('_')) continue;
    bool has_equation = false;
    for (ir::equation const& e : m.equations) has_equation = has_equation || m.at(e.symbol) == s;
    std::string const unit(ir::to_text(s.unit));
    std::string const one = std::string(s.id) + (s.unit.is_one() ? "" : " (" + unit + ")");
    if (s.kind == ir::role::state && !has_equation) kept.add(one);
    if (s.kind == ir::role::subexpression) seen.add(one);
    if (s.kind == ir::role::connection) connection.add(one);
  }
  std::ostringstream out;
  out << equations << diffuses << kept << seen << connection;
  return out.str();
}

}  // namespace mod_description
