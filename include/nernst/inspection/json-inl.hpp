// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/json.hpp>
#include <nernst/inspection/json_writer.hpp>

namespace nernst::inspection {

namespace detail {

inline void write(json_writer& w, std::string_view key, ir::operation_counts const& n) {
  w.object(key, [&] {
    w.member("flop", n.flop());
    w.member("additions", n.additions);
    w.member("multiplications", n.multiplications);
    w.member("divisions", n.divisions);
    w.member("square_roots", n.square_roots);
    w.member("functions", n.functions);
    w.member("calls", n.calls);
    w.member("roundings", n.roundings);
    w.member("comparisons", n.comparisons);
    w.member("selections", n.selections);
    w.member("lookups", n.lookups);
    w.object("random_numbers", [&] {
      w.member("uniform", n.uniform);
      w.member("normal", n.normal);
      w.member("poisson", n.poisson);
      w.member("binomial", n.binomial);
    });
  });
}

inline void write(json_writer& w, description::kernel const& k) {
  w.object([&] {
    w.member("name", k.what.name);
    w.member("task", k.what.task);
    w.member("slot", ir::to_text(k.what.when.when));
    w.member("order", k.what.when.order);
    w.member("for_all", k.for_all);
    w.member("once_per_step", k.code.once_per_step);
    w.member("statements", k.code.statements);
    w.member("reads", k.code.reads);
    w.member("writes", k.code.writes);
    w.member("delivery", k.code.delivery);
    write(w, "operations", k.code.operations);
    write(w, "operations_per_step", k.code.operations_per_step);
    w.object("bytes", [&] {
      w.member("loaded", 8 * k.code.values.loaded);
      w.member("stored", 8 * k.code.values.stored);
      w.member("stored_by_scale", 8 * k.code.values.stored_by_scale);
      w.member("stored_on_spike", 8 * k.code.values.stored_on_spike);
      w.member("indices", 4 * k.code.values.indices);
    });
  });
}

}  // namespace detail

NERNST_INLINE std::string to_json(description const& d) {
  json_writer w;
  w.object([&] {
    w.member("kind", d.kind);
    w.array("model", d.lines, [&](auto const& l) {
      w.object([&] {
        w.member("what", l.what);
        w.member("text", l.text);
      });
    });
    w.array("variables", d.variables, [&](auto const& v) {
      w.object([&] {
        w.member("name", v.name);
        w.member("kind", v.kind);
        w.member("unit", v.unit);
        w.member("type", v.type);
        w.member("constant", v.constant);
      });
    });
    if (!d.mistake.ok()) return w.member("mistake", ir::to_text(d.mistake).view());
    w.array("methods", d.methods, [&](auto const& m) {
      w.object([&] {
        w.member("states", m.states);
        w.member("method", m.name);
        w.member("reason", m.reason);
      });
    });
    w.array("propagators", d.propagators, [&](auto const& p) {
      w.object([&] {
        w.member("order", p.order);
        w.member("per_element", p.per_element);
        w.member("matrix", p.matrix);
        w.member("coefficients", p.coefficients);
      });
    });
    w.member("once_per_run", d.once_per_run);
    w.array("scaled_states", d.scaled_states, [&](auto const& s) {
      w.object([&] {
        w.member("state", s.state);
        w.member("scale", s.scale);
        w.member("decay", s.decay);
      });
    });
    w.array("kernels", d.kernels, [&](auto const& k) { detail::write(w, k); });
  });
  return w.text() + "\n";
}

}  // namespace nernst::inspection
