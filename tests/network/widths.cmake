# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0

# cmake -DPROGRAMS=... -P widths.cmake
# Each of the programs, compiled for processors whose registers have other widths, prints the same.

foreach(program IN LISTS PROGRAMS)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env OMP_NUM_THREADS=1 ${program} RESULT_VARIABLE failed OUTPUT_VARIABLE found)
  if(failed)
    message(FATAL_ERROR "${program}: ${failed}")
  endif()
  if(NOT DEFINED expected)
    set(expected "${found}")
  elseif(NOT found STREQUAL expected)
    message(SEND_ERROR "${program}: expected the output of the first program, found another")
  endif()
endforeach()
