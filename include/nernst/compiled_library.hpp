// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

// What does not depend on a model is defined in headers `...-inl.hpp`. Programs that link
// `nernst::library` find it compiled: that target defines NERNST_COMPILED, and they include the
// declarations only. All others include the definitions as well, as inline functions.

/// 1 where headers bring the definitions along.
#if defined(NERNST_COMPILED)
#define NERNST_HEADER_ONLY 0
#define NERNST_INLINE
#else
#define NERNST_HEADER_ONLY 1
#define NERNST_INLINE inline
#endif
