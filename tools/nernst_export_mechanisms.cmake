# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0

# nernst_export_mechanisms(channels hh.mod pump.cpp ...)
# makes a shared library of mechanisms as C functions (<nernst/c_abi/mechanism.h>): of those in .mod files, and of those that sources name by
# NERNST_EXPORT_MECHANISM. It needs neither Kokkos nor Boost where it is loaded; a C program links it and finds the header.
function(nernst_export_mechanisms target)
  add_library(${target} SHARED)
  set_target_properties(${target} PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  # What headers need, without what programs link.
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_include_directories(${target} PRIVATE $<TARGET_PROPERTY:nernst::nernst,INTERFACE_INCLUDE_DIRECTORIES>)
  target_include_directories(${target} SYSTEM PRIVATE $<TARGET_PROPERTY:nernst::nernst,INTERFACE_SYSTEM_INCLUDE_DIRECTORIES>)
  target_include_directories(${target} INTERFACE $<TARGET_PROPERTY:nernst::nernst,INTERFACE_INCLUDE_DIRECTORIES>)
  target_compile_options(${target} PRIVATE $<TARGET_PROPERTY:nernst::nernst,INTERFACE_COMPILE_OPTIONS>)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/nernst_mechanisms/${target}")
  foreach(file IN LISTS ARGN)
    cmake_path(GET file EXTENSION LAST_ONLY extension)
    if(NOT extension STREQUAL ".mod")
      target_sources(${target} PRIVATE "${file}")
      continue()
    endif()
    nernst_add_mechanisms(${target} "${file}")
    cmake_path(GET file STEM LAST_ONLY stem)
    string(MAKE_C_IDENTIFIER "${stem}" name)
    set(output "${folder}/export_${name}.cpp")
    file(CONFIGURE OUTPUT "${output}" CONTENT "#include <nernst/c_abi/export.hpp>\n#include <mod/${name}.hpp>\n\nNERNST_EXPORT_MECHANISM(mod::${name}, ${name})\n")
    target_sources(${target} PRIVATE "${output}")
  endforeach()
endfunction()
