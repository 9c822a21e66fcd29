// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/chains.hpp>
#include <nernst/cable/solve.hpp>

#include <algorithm>

namespace nernst::cable {

/// The cable equation of a cell that stands alone, which threads solve piece by piece: `eliminate`
/// all pieces but the stem, then it, and `substitute` in the opposite order. Arrays begin with row
/// 0 of the cell; of `cable_equation` `diagonal` is what `prepare` has made of it.
template <class Real>
struct chain_solver {
  cable_equation<Real> of;
  Real *v, *inverse, *rest, *factor;  ///< the latter three are memory to work in

  /// Eliminates once what is steady; `diagonal` is that of `of`. Piece by piece, the stem last.
  void prepare(tree_piece const& piece, Real* diagonal) const;
  /// The diagonal and the right-hand side of rows that are not steady, but for what flows between
  /// them.
  NERNST_CALLABLE void assemble(row_run const& rows) const;
  NERNST_CALLABLE void eliminate(piece_view const& piece) const;
  NERNST_CALLABLE void substitute(piece_view const& piece, step_scheme scheme) const;

 private:
  /// What a row gives its parent, and the voltage there.
  struct carried {
    Real conductance = 0, current = 0, v = 0;
  };
  template <bool Varies, bool IsEnd = false>
  NERNST_FUNCTION void pass(int row, int up, carried& from) const;
  template <bool Varies, std::size_t Count>
  NERNST_CALLABLE void eliminate_together(chain const* some) const;
  NERNST_FUNCTION Real solve(int row, Real up, bool doubles) const;
};

template <class Real>
NERNST_CALLABLE void chain_solver<Real>::assemble(row_run const& rows) const {
  if (!rows.varies) return;
  auto const each = [&](auto const& at, int k) NERNST_INLINED {
    auto d = at.at(of.diagonal, k), r = d;
    at.begin(k, rows.has_density, rows.has_points, d, r);
    at.put(inverse, k, d);
    at.put(rest, k, r);
  };
  detail::cable_solver<kernel::pack<Real>, Real> const packs{of, v, inverse, rest};
  detail::cable_solver<Real, Real> const single{of, v, inverse, rest};
  constexpr int width = static_cast<int>(kernel::pack_width<Real>);
  int k = rows.first;
  for (; k + width <= rows.last; k += width) each(packs, k);
  for (; k < rows.last; ++k) each(single, k);
}

template <class Real>
template <bool Varies, bool IsEnd>
NERNST_FUNCTION void chain_solver<Real>::pass(int row, int up, carried& from) const {
  Real const g = of.axial[row], here = IsEnd ? v[row] : from.v;
  from.v = v[up];
  Real const flow = g * (from.v - here);
  Real r = flow;
  if constexpr (Varies || IsEnd) r += rest[row];
  if constexpr (!Varies) r += of.steady_inflow[row] - of.steady_conductance[row] * here;
  r += from.current;
  if constexpr (Varies) {
    Real const one_by_d = 1 / (inverse[row] - from.conductance);
    inverse[row] = one_by_d;
    factor[row] = g * one_by_d;
    from.conductance = g * g * one_by_d;
  }
  rest[row] = r;
  from.current = factor[row] * r - flow;
}

template <class Real>
template <bool Varies, std::size_t Count>
NERNST_CALLABLE void chain_solver<Real>::eliminate_together(chain const* some) const {
  carried from[Count];
  int row[Count];
  for (std::size_t k = 0; k < Count; ++k) {
    chain const& c = some[k];
    row[k] = c.first;
    pass<Varies, true>(c.end, c.length() > 0 ? c.first : c.parent, from[k]);
  }
  for (int n = some[Count - 1].length(); n > 1; --n)
    for (std::size_t k = 0; k < Count; ++k) {
      pass<Varies>(row[k], row[k] - 1, from[k]);
      --row[k];
    }
  for (std::size_t k = 0; k < Count; ++k) {
    chain const& c = some[k];
    for (; row[k] > c.last; --row[k]) pass<Varies>(row[k], row[k] - 1, from[k]);
    if (c.length() > 0) pass<Varies>(c.last, c.parent, from[k]);
    if (c.is_apart) continue;
    rest[c.parent] += from[k].current;
    if constexpr (Varies) inverse[c.parent] -= from[k].conductance;
  }
}

template <class Real>
NERNST_CALLABLE void chain_solver<Real>::eliminate(piece_view const& piece) const {
  for (int k = 0; k < piece.chain_count; ++k)
    if (!piece.chains[k].varies) rest[piece.chains[k].end] = 0;
  for (int k = 0; k < piece.hanging_count; ++k) {
    row_link const& h = piece.hanging[k];
    Real const g = of.axial[h.row], flow = g * (v[h.parent] - v[h.row]);
    rest[h.parent] += factor[h.row] * rest[h.row] - flow;
    if (h.varies) inverse[h.parent] -= g * g * inverse[h.row];
  }
  chain const* const end = piece.chains + piece.chain_count;
  for (chain const* c = piece.chains; c != end; c += c->together) {
    if (c->together > 1)
      c->varies ? eliminate_together<true, chains_together>(c)
                : eliminate_together<false, chains_together>(c);
    else
      c->varies ? eliminate_together<true, 1>(c) : eliminate_together<false, 1>(c);
  }
}

template <class Real>
NERNST_FUNCTION Real chain_solver<Real>::solve(int row, Real up, bool doubles) const {
  Real const x = rest[row] * inverse[row] + factor[row] * up;
  rest[row] = x;
  v[row] += doubles ? x + x : x;
  return x;
}

template <class Real>
NERNST_CALLABLE void chain_solver<Real>::substitute(piece_view const& piece,
                                                    step_scheme scheme) const {
  bool const doubles = scheme != step_scheme::backward_euler;
  for (int k = piece.chain_count - 1; k >= 0; --k) {
    chain const& c = piece.chains[k];
    Real x = rest[c.parent];
    for (int row = c.last; row <= c.first; ++row) x = solve(row, x, doubles);
    solve(c.end, x, doubles);
  }
  for (int k = 0; k < piece.tip_count; ++k) v[piece.tips[k].row] = v[piece.tips[k].parent];
}

template <class Real>
void chain_solver<Real>::prepare(tree_piece const& piece, Real* diagonal) const {
  auto const take_away = [&](int row, bool varies, Real conductance) {
    (varies ? diagonal : inverse)[row] -= conductance;
  };
  for (chain const& c : piece.chains) {
    if (c.varies) continue;
    inverse[c.end] = diagonal[c.end];
    for (int row = c.last; row <= c.first; ++row) inverse[row] = diagonal[row];
  }
  for (row_link const& h : piece.hanging)
    if (!h.varies)
      take_away(h.parent, h.parent_varies, of.axial[h.row] * of.axial[h.row] * inverse[h.row]);
  for (chain const& c : piece.chains) {
    if (c.varies) continue;
    carried from;
    pass<true>(c.end, c.end, from);
    for (int row = c.first; row >= c.last; --row) pass<true>(row, row, from);
    if (!c.is_apart) take_away(c.parent, c.parent_varies, from.conductance);
  }
}

}  // namespace nernst::cable
