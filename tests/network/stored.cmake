# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0

# cmake -DPROGRAM=... -DFOLDER=... -P stored.cmake
# A run that is stored, killed and restored by another process gives the same files as one that is not, byte for byte, on any
# number of threads before and after.

set(files spikes.npy more.npy events.npy traces.npy w.npy v.npy low.npy)

# Simulates a part of the run; sets RESULT to how the process ended.
function(simulate part name threads result)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -E env OMP_NUM_THREADS=${threads} OMP_PROC_BIND=false ${PROGRAM} ${part} "${FOLDER}/${name}"
    RESULT_VARIABLE ended
    OUTPUT_QUIET ERROR_VARIABLE errors)
  set(${result} "${ended}" PARENT_SCOPE)
  if(errors)
    message(NOTICE "${errors}")
  endif()
endfunction()

file(REMOVE_RECURSE "${FOLDER}")
file(MAKE_DIRECTORY "${FOLDER}/whole" "${FOLDER}/parts")
simulate(whole whole 1 ended)
if(NOT ended EQUAL 0)
  message(FATAL_ERROR "the whole run: ${ended}")
endif()
simulate(interrupt parts 2 ended)
if(ended EQUAL 0 OR EXISTS "${FOLDER}/parts/spikes.npy")
  message(SEND_ERROR "the second Ctrl-C did not end the program: ${ended}")
endif()
foreach(threads IN ITEMS "1 2" "2 3" "3 1")
  separate_arguments(threads)
  list(GET threads 0 before)
  list(GET threads 1 after)
  file(REMOVE_RECURSE "${FOLDER}/parts")
  file(MAKE_DIRECTORY "${FOLDER}/parts")
  simulate(begin parts ${before} ended)
  if(ended EQUAL 0 OR NOT EXISTS "${FOLDER}/parts/state.nernst" OR EXISTS "${FOLDER}/parts/spikes.npy")
    message(FATAL_ERROR "the first part was not killed: ${ended}")
  endif()
  simulate(end parts ${after} ended)
  if(NOT ended EQUAL 0)
    message(FATAL_ERROR "the second part: ${ended}")
  endif()
  foreach(file IN LISTS files)
    file(SHA256 "${FOLDER}/whole/${file}" expected)
    file(SHA256 "${FOLDER}/parts/${file}" found)
    if(NOT expected STREQUAL found)
      message(SEND_ERROR "${file} differs, with ${before} and ${after} threads")
    endif()
  endforeach()
endforeach()
