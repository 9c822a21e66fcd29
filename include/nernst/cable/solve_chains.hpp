// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/chains.hpp>
#include <nernst/cable/solve.hpp>

#include <concepts>
#include <cstdint>

namespace nernst::cable {

/// The numbers of a row that are the same in all steps where nothing but the voltage differs.
template <class Real>
struct steady_row {
  Real axial, conductance, inflow, inverse, factor;

  bool operator==(steady_row const&) const = default;
};

/// The cable equation of cells of one structure side by side, or of one that threads solve piece by
/// piece: `eliminate` all pieces but the stem, then it, and `substitute` in the opposite order.
/// Arrays begin with row 0; of `cable_equation` `diagonal` is what `prepare` has made of it.
template <class Real>
struct chain_solver {
  cable_equation<Real> of;
  Real *v, *inverse, *rest, *factor;  ///< the latter three are memory to work in
  int cells = 1;                      ///< side by side
  /// By row, where all cells have the same numbers; else null.
  steady_row<Real> const* alike = nullptr;

  /// Eliminates once what is steady; `diagonal` is that of `of`. Piece by piece, the stem last.
  void prepare(tree_piece const& piece, Real* diagonal) const;
  /// Of a cell, after that.
  steady_row<Real> steady(int row, int cell) const;
  /// The diagonal and the right-hand side of rows that are not steady, but for what flows between
  /// them.
  void assemble(row_run const& rows) const;
  void eliminate(piece_view const& piece) const;
  void substitute(piece_view const& piece, step_scheme scheme) const;
  /// One of the cells, which does the same alone: for a device, where each has a thread.
  NERNST_FUNCTION auto cell(int column) const;

 private:
  template <class Work>
  NERNST_HOST_FUNCTION void for_columns(Work const& work) const;
};

namespace detail {

/// The numbers of twice as many cells: whoever works on these waits less for each of them.
template <class Value>
struct twice {
  Value low, high;

  twice() = default;
  NERNST_FUNCTION twice(Value const& a, Value const& b) : low(a), high(b) {}
  template <std::floating_point Real>
  NERNST_FUNCTION explicit twice(Real x) : low(x), high(x) {}

#define NERNST_ROW(sign)                                                                           \
  friend NERNST_FUNCTION twice operator sign(twice const& a, twice const& b) {                     \
    return {a.low sign b.low, a.high sign b.high};                                                 \
  }
  NERNST_ROW(+)
  NERNST_ROW(-)
  NERNST_ROW(*)
  NERNST_ROW(/)
#undef NERNST_ROW
};

template <class Value>
concept Twice = requires(Value x) { x.low; };
template <class Value>
inline constexpr int cells_of = kernel::width_of<Value>;
template <class Value>
inline constexpr int cells_of<twice<Value>> = 2 * cells_of<Value>;

template <class Value, class Real>
NERNST_FUNCTION Value load_cells(Real const* from) {
  if constexpr (Twice<Value>) {
    using half = decltype(Value::low);
    return {load_cells<half>(from), load_cells<half>(from + cells_of<half>)};
  } else {
    return kernel::load_anywhere<Value>(from);
  }
}
template <class Value, class Real>
NERNST_FUNCTION void store_cells(Real* to, Value const& x) {
  if constexpr (Twice<Value>) {
    store_cells(to, x.low);
    store_cells(to + cells_of<decltype(x.low)>, x.high);
  } else {
    kernel::store_anywhere<Value>(to, x);
  }
}

/// Who stands beside a cell: nobody, cells whose steady rows have the same numbers, or any.
enum class beside : std::uint8_t { nobody, equals, others };

/// What is done with some cells side by side, as many as `Value` has, from cell `column` on.
template <class Value, class Real, beside Who>
struct chain_columns {
  chain_solver<Real> s;  // a copy: its pointers stay in registers
  std::ptrdiff_t column;

  /// What a row gives its parent, and the voltage there.
  struct carried {
    Value conductance = Value(Real(0)), current = Value(Real(0)), v = Value(Real(0));
  };

  NERNST_FUNCTION std::ptrdiff_t place(int row) const {
    return Who == beside::nobody ? row : static_cast<std::ptrdiff_t>(row) * s.cells + column;
  }
  NERNST_FUNCTION Value at(Real const* from, int row) const {
    return load_cells<Value>(from + place(row));
  }
  NERNST_FUNCTION void put(Real* to, int row, Value const& x) const {
    store_cells(to + place(row), x);
  }
  template <bool Varies>
  NERNST_FUNCTION Value constant(Real const* from, Real steady_row<Real>::* alike, int row) const {
    if constexpr (Who == beside::equals && !Varies)
      return Value(s.alike[row].*alike);
    else
      return at(from, row);
  }
  template <bool Varies>
  NERNST_FUNCTION Value axial(int row) const {
    return constant<Varies>(s.of.axial, &steady_row<Real>::axial, row);
  }
  template <bool Varies>
  NERNST_FUNCTION Value factor(int row) const {
    return constant<Varies>(s.factor, &steady_row<Real>::factor, row);
  }
  template <bool Varies>
  NERNST_FUNCTION Value inverse(int row) const {
    return constant<Varies>(s.inverse, &steady_row<Real>::inverse, row);
  }
  NERNST_FUNCTION Value steady_inflow(int row, Value const& v) const {
    return constant<false>(s.of.steady_inflow, &steady_row<Real>::inflow, row) -
           constant<false>(s.of.steady_conductance, &steady_row<Real>::conductance, row) * v;
  }

  template <bool Varies, bool IsEnd = false>
  NERNST_FUNCTION void pass(int row, int up, carried& from) const;
  template <bool Varies, std::size_t Count>
  NERNST_CALLABLE void eliminate_together(chain const* some) const;
  NERNST_CALLABLE void assemble(row_run const& rows) const;
  NERNST_CALLABLE void eliminate(piece_view const& piece) const;
  NERNST_CALLABLE void substitute(piece_view const& piece, step_scheme scheme) const;
  template <bool Varies>
  NERNST_FUNCTION Value solve(int row, Value const& up, bool doubles) const;
  template <bool Varies>
  NERNST_FUNCTION void substitute(chain const& c, bool doubles) const;
  void prepare(tree_piece const& piece, Real* diagonal) const;
};

template <class Value, class Real, beside Who>
template <bool Varies, bool IsEnd>
NERNST_FUNCTION void chain_columns<Value, Real, Who>::pass(int row, int up, carried& from) const {
  Value const g = axial<Varies>(row), here = IsEnd ? at(s.v, row) : from.v;
  from.v = at(s.v, up);
  Value const flow = g * (from.v - here);
  Value r = flow;
  if constexpr (Varies || IsEnd) r = r + at(s.rest, row);
  if constexpr (!Varies) r = r + steady_inflow(row, here);
  r = r + from.current;
  if constexpr (Varies) {
    Value const one_by_d = Value(Real(1)) / (at(s.inverse, row) - from.conductance);
    Value const q = g * one_by_d;
    put(s.inverse, row, one_by_d);
    put(s.factor, row, q);
    from.conductance = g * q;
    from.current = q * r - flow;
  } else {
    from.current = factor<Varies>(row) * r - flow;
  }
  put(s.rest, row, r);
}

template <class Value, class Real, beside Who>
template <bool Varies, std::size_t Count>
NERNST_CALLABLE void chain_columns<Value, Real, Who>::eliminate_together(chain const* some) const {
  chain_columns const here = *this;
  carried from[Count];
  int row[Count];
  for (std::size_t k = 0; k < Count; ++k) {
    chain const& c = some[k];
    row[k] = c.first;
    here.template pass<Varies, true>(c.end, c.length() > 0 ? c.first : c.parent, from[k]);
  }
  for (int n = some[Count - 1].length(); n > 1; --n)
    for (std::size_t k = 0; k < Count; ++k) {
      here.template pass<Varies>(row[k], row[k] - 1, from[k]);
      --row[k];
    }
  for (std::size_t k = 0; k < Count; ++k) {
    chain const& c = some[k];
    for (; row[k] > c.last; --row[k]) here.template pass<Varies>(row[k], row[k] - 1, from[k]);
    if (c.length() > 0) here.template pass<Varies>(c.last, c.parent, from[k]);
    if (c.is_apart) continue;
    put(s.rest, c.parent, at(s.rest, c.parent) + from[k].current);
    if constexpr (Varies) put(s.inverse, c.parent, at(s.inverse, c.parent) - from[k].conductance);
  }
}

/// What `at` finds in its cells, or numbers, at `k` of memory: see `chain_solver::assemble`.
template <class Real, class Cells>
NERNST_FUNCTION void assemble_at(Cells const& at, chain_solver<Real> const& s, row_run const& rows,
                                 int k) {
  auto d = at.at(s.of.diagonal, k), r = d;
  at.begin(k, rows.has_density, rows.has_points, d, r);
  at.put(s.inverse, k, d);
  at.put(s.rest, k, r);
}

template <class Value, class Real, beside Who>
NERNST_CALLABLE void chain_columns<Value, Real, Who>::assemble(row_run const& rows) const {
  if (!rows.varies) return;
  cable_solver<Value, Real> const at{s.of, s.v, s.inverse, s.rest};
  for (int row = rows.first; row < rows.last; ++row)
    assemble_at(at, s, rows, static_cast<int>(place(row)));
}

template <class Value, class Real, beside Who>
NERNST_CALLABLE void chain_columns<Value, Real, Who>::eliminate(piece_view const& piece) const {
  for (int k = 0; k < piece.chain_count; ++k)
    if (!piece.chains[k].varies) put(s.rest, piece.chains[k].end, Value(Real(0)));
  for (int k = 0; k < piece.hanging_count; ++k) {
    row_link const& h = piece.hanging[k];
    Value const g = at(s.of.axial, h.row), flow = g * (at(s.v, h.parent) - at(s.v, h.row));
    put(s.rest, h.parent, at(s.rest, h.parent) + (at(s.factor, h.row) * at(s.rest, h.row) - flow));
    if (h.varies) put(s.inverse, h.parent, at(s.inverse, h.parent) - g * g * at(s.inverse, h.row));
  }
  chain const* const end = piece.chains + piece.chain_count;
  constexpr bool is_alone = Who == beside::nobody;
  constexpr std::size_t most = is_alone ? chains_together : 1;
  for (chain const* c = piece.chains; c != end; c += is_alone ? c->together : 1) {
    if (is_alone && c->together > 1)
      c->varies ? eliminate_together<true, most>(c) : eliminate_together<false, most>(c);
    else
      c->varies ? eliminate_together<true, 1>(c) : eliminate_together<false, 1>(c);
  }
}

template <class Value, class Real, beside Who>
template <bool Varies>
NERNST_FUNCTION Value chain_columns<Value, Real, Who>::solve(int row, Value const& up,
                                                             bool doubles) const {
  Value const x = at(s.rest, row) * inverse<Varies>(row) + factor<Varies>(row) * up;
  put(s.rest, row, x);
  put(s.v, row, at(s.v, row) + (doubles ? x + x : x));
  return x;
}

template <class Value, class Real, beside Who>
template <bool Varies>
NERNST_CALLABLE void chain_columns<Value, Real, Who>::substitute(chain const& c,
                                                                 bool doubles) const {
  chain_columns const here = *this;
  Value x = at(s.rest, c.parent);
  for (int row = c.last; row <= c.first; ++row) x = here.template solve<Varies>(row, x, doubles);
  here.template solve<Varies>(c.end, x, doubles);
}

template <class Value, class Real, beside Who>
NERNST_CALLABLE void chain_columns<Value, Real, Who>::substitute(piece_view const& piece,
                                                                 step_scheme scheme) const {
  bool const doubles = scheme != step_scheme::backward_euler;
  for (int k = piece.chain_count - 1; k >= 0; --k) {
    chain const& c = piece.chains[k];
    c.varies ? substitute<true>(c, doubles) : substitute<false>(c, doubles);
  }
  for (int k = 0; k < piece.tip_count; ++k)
    put(s.v, piece.tips[k].row, at(s.v, piece.tips[k].parent));
}

template <class Value, class Real, beside Who>
void chain_columns<Value, Real, Who>::prepare(tree_piece const& piece, Real* diagonal) const {
  auto const take_away = [&](int row, bool varies, Real conductance) {
    (varies ? diagonal : s.inverse)[place(row)] -= conductance;
  };
  auto const begin = [&](int row) { s.inverse[place(row)] = diagonal[place(row)]; };
  for (chain const& c : piece.chains) {
    if (c.varies) continue;
    begin(c.end);
    for (int row = c.last; row <= c.first; ++row) begin(row);
  }
  for (row_link const& h : piece.hanging) {
    Real const g = at(s.of.axial, h.row);
    if (!h.varies) take_away(h.parent, h.parent_varies, g * g * at(s.inverse, h.row));
  }
  for (chain const& c : piece.chains) {
    if (c.varies) continue;
    carried from;
    pass<true>(c.end, c.end, from);
    for (int row = c.first; row >= c.last; --row) pass<true>(row, row, from);
    if (!c.is_apart) take_away(c.parent, c.parent_varies, from.conductance);
  }
}

}  // namespace detail

template <class Real>
void chain_solver<Real>::assemble(row_run const& rows) const {
  if (!rows.varies) return;
  detail::cable_solver<kernel::pack<Real>, Real> const packs{of, v, inverse, rest};
  detail::cable_solver<Real, Real> const single{of, v, inverse, rest};
  constexpr int width = static_cast<int>(kernel::pack_width<Real>);
  int k = rows.first * cells;
  for (; k + width <= rows.last * cells; k += width) detail::assemble_at(packs, *this, rows, k);
  for (; k < rows.last * cells; ++k) detail::assemble_at(single, *this, rows, k);
}

template <class Real>
template <class Work>
NERNST_HOST_FUNCTION void chain_solver<Real>::for_columns(Work const& work) const {
  using detail::beside;
  using detail::cells_of;
  using detail::chain_columns;
  using pack = kernel::pack<Real>;
  using packs = detail::twice<detail::twice<pack>>;
  if (cells == 1) return work(chain_columns<Real, Real, beside::nobody>{*this, 0});
  int k = 0;
  for (; k + cells_of<packs> <= cells; k += cells_of<packs>)
    alike != nullptr ? work(chain_columns<packs, Real, beside::equals>{*this, k})
                     : work(chain_columns<packs, Real, beside::others>{*this, k});
  for (; k + cells_of<pack> <= cells; k += cells_of<pack>)
    work(chain_columns<pack, Real, beside::others>{*this, k});
  for (; k < cells; ++k) work(chain_columns<Real, Real, beside::others>{*this, k});
}

template <class Real>
void chain_solver<Real>::eliminate(piece_view const& piece) const {
  for_columns([&](auto const& columns) NERNST_INLINED { columns.eliminate(piece); });
}

template <class Real>
void chain_solver<Real>::substitute(piece_view const& piece, step_scheme scheme) const {
  for_columns([&](auto const& columns) NERNST_INLINED { columns.substitute(piece, scheme); });
}

template <class Real>
NERNST_FUNCTION auto chain_solver<Real>::cell(int column) const {
  return detail::chain_columns<Real, Real, detail::beside::others>{*this, column};
}

template <class Real>
void chain_solver<Real>::prepare(tree_piece const& piece, Real* diagonal) const {
  for (int k = 0; k < cells; ++k) cell(k).prepare(piece, diagonal);
}

template <class Real>
steady_row<Real> chain_solver<Real>::steady(int row, int cell) const {
  int const k = row * cells + cell;
  return {of.axial[k], of.steady_conductance[k], of.steady_inflow[k], inverse[k], factor[k]};
}

}  // namespace nernst::cable
