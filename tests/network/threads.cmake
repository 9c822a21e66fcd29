# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0

# cmake -DPROGRAM=... -DFOLDER=... -P threads.cmake
# The same seed gives the same files, byte for byte, on 1, 2, 3 and 8 threads and again on 2; another seed gives others.
# More threads than processors are said once.

set(files graphs.npy cells.npy others.npy traces.npy v.npy w.npy before.npy sums.npy rest.npy events.npy
    drives.npy sent.npy leaked.npy a.npy raised.npy branches.npy branched.npy sodium.npy spread.npy large.npy
    currents.npy outside.npy)

cmake_host_system_information(RESULT processors QUERY NUMBER_OF_LOGICAL_CORES)

function(simulate name seed threads)
  file(REMOVE_RECURSE "${FOLDER}/${name}")
  file(MAKE_DIRECTORY "${FOLDER}/${name}")
  execute_process(
    COMMAND ${CMAKE_COMMAND} -E env OMP_NUM_THREADS=${threads} OMP_PROC_BIND=false ${PROGRAM} "${FOLDER}/${name}" ${seed}
    RESULT_VARIABLE failed
    OUTPUT_QUIET ERROR_VARIABLE errors)
  if(failed)
    message(FATAL_ERROR "${threads} threads, seed ${seed}: ${failed}\n${errors}")
  endif()
  if(NOT errors STREQUAL "" OR threads GREATER processors)
    if(NOT errors MATCHES "^nernst: ${threads} threads on [0-9]+ processors: [0-9]+ of them do the work of all\n$")
      message(SEND_ERROR "${threads} threads on ${processors} processors: found on the standard error stream: '${errors}'")
    endif()
  endif()
endfunction()

simulate(expected 1 1)
foreach(threads IN ITEMS 2 3 8 2)
  simulate(found 1 ${threads})
  foreach(file IN LISTS files ITEMS watch.txt)
    file(SHA256 "${FOLDER}/expected/${file}" expected)
    file(SHA256 "${FOLDER}/found/${file}" found)
    if(NOT expected STREQUAL found)
      message(SEND_ERROR "${file} differs between 1 and ${threads} threads")
    endif()
  endforeach()
endforeach()

simulate(found 2 2)
foreach(file IN LISTS files)
  file(SHA256 "${FOLDER}/expected/${file}" expected)
  file(SHA256 "${FOLDER}/found/${file}" found)
  if(expected STREQUAL found)
    message(SEND_ERROR "${file} is the same for seeds 1 and 2")
  endif()
endforeach()
