# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0

# nernst_precompile(<target> [<target> ...]): lets targets that link nernst::nernst or nernst::library include all of Nernst as a
# precompiled header. The first one makes it; the others, which have to be compiled with the same flags, use that.
function(nernst_precompile first)
  target_precompile_headers(${first} PRIVATE <nernst/nernst.hpp>)
  foreach(target IN LISTS ARGN)
    target_precompile_headers(${target} REUSE_FROM ${first})
  endforeach()
endfunction()
