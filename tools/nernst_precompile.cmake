# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0

# nernst_precompile(<target> [<target> ...]): lets targets that link nernst::nernst or nernst::library include all of Nernst as a
# precompiled header. The first one makes it; the others, which have to be compiled with the same flags, use that.
function(nernst_precompile first)
  target_precompile_headers(${first} PRIVATE <nernst/nernst.hpp>)
  foreach(target IN LISTS ARGN)
    target_precompile_headers(${target} REUSE_FROM ${first})
  endforeach()
  # From a precompiled header, g++ 12 finds uninitialised values in its own vector intrinsics.
  foreach(target IN LISTS first ARGN)
    target_compile_options(${target} PRIVATE "$<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-uninitialized;-Wno-maybe-uninitialized>")
  endforeach()
endfunction()
