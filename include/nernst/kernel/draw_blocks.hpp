// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/kernel/philox.hpp>

#include <cstddef>

namespace nernst::kernel {

/// What `uniform` and `normal` draw for `count` elements with these numbers, many at once; normal
/// numbers agree to rounding, and are the same for an element wherever it stands among others.
void draw_uniform(draw_key key, std::uint32_t const* elements, std::uint32_t draw,
                  std::size_t count, double* to);
void draw_normal(draw_key key, std::uint32_t const* elements, std::uint32_t draw, std::size_t count,
                 double* to);

/// The bits of `count` draws of one element, from draw `first` on.
void draw_bits(draw_key key, std::uint32_t element, std::uint32_t first, std::size_t count,
               philox_block* to);

}  // namespace nernst::kernel

#if NERNST_HEADER_ONLY
#include <nernst/kernel/draw_blocks-inl.hpp>
#endif
