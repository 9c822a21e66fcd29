# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0

# cmake -DINCLUDE=<folder> -P arrows.cmake
# Fails when a header includes a room, or a library, that its own room must not know.

cmake_minimum_required(VERSION 3.25)

set(rooms ir text io language brian nmodl integrate kernel engine device inspection network cable c_abi)
set(ir_knows ir)
set(text_knows ir text)
set(io_knows io)
set(language_knows ir language)
set(brian_knows ir text brian)
# What is implicit is solved in files as in integrators.
set(nmodl_knows ir text integrate nmodl)
# A scheme is a text.
set(integrate_knows ir text integrate)
set(kernel_knows ir integrate kernel)
set(inspection_knows ir kernel inspection)
# Recorded spikes write themselves into files, so io stands on the left of network.
set(engine_knows ir integrate kernel engine)
set(device_knows ir integrate kernel engine device)
set(network_knows ir io language brian integrate kernel engine device network)
# SWC files are texts.
set(cable_knows ${network_knows} text cable)
set(c_abi_knows ${cable_knows} c_abi)

set(ir_forbids boost/ Kokkos xsimd/)
set(integrate_forbids boost/ Kokkos xsimd/)
set(language_forbids Kokkos xsimd/)
set(brian_forbids boost/ Kokkos xsimd/)
set(nmodl_forbids boost/ Kokkos xsimd/)
set(text_forbids boost/ Kokkos xsimd/)
set(inspection_forbids boost/ Kokkos xsimd/)
set(kernel_forbids boost/ Kokkos)
set(engine_forbids boost/)
set(device_forbids boost/)
set(network_forbids boost/units)
set(cable_forbids boost/units)
set(c_abi_forbids boost/)
set(io_forbids boost/units)
set(everyone_forbids iostream> ranges> format>)

set(broken "")
foreach(room IN LISTS rooms)
  file(GLOB_RECURSE headers RELATIVE "${INCLUDE}" "${INCLUDE}/nernst/${room}/*.hpp")
  list(APPEND headers nernst/${room}.hpp)
  list(FILTER headers INCLUDE REGEX "^nernst/${room}[/.]")
  foreach(header IN LISTS headers)
    if(NOT EXISTS "${INCLUDE}/${header}")
      continue()
    endif()
    file(STRINGS "${INCLUDE}/${header}" includes REGEX "^ *# *include")
    foreach(line IN LISTS includes)
      if(line MATCHES "<nernst/([a-z_]+)[/.]" AND CMAKE_MATCH_1 IN_LIST rooms AND NOT CMAKE_MATCH_1 IN_LIST ${room}_knows)
        list(APPEND broken "${header}: ${line}")
      endif()
      foreach(library IN LISTS ${room}_forbids everyone_forbids)
        if(line MATCHES "<${library}")
          list(APPEND broken "${header}: ${line}")
        endif()
      endforeach()
    endforeach()
  endforeach()
endforeach()

if(broken)
  list(JOIN broken "\n  " broken)
  message(FATAL_ERROR "includes against the order of the rooms:\n  ${broken}")
endif()
