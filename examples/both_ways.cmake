# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0

# cmake -DHEADERS=<program> -DLIBRARY=<program> -DFOLDER=<folder> -P both_ways.cmake
# Runs an example that was compiled from the headers alone and the same one against the compiled library: they print the same and write
# the same files.

cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE "${FOLDER}")
foreach(way IN ITEMS HEADERS LIBRARY)
  file(MAKE_DIRECTORY "${FOLDER}/${way}")
  execute_process(COMMAND "${${way}}" WORKING_DIRECTORY "${FOLDER}/${way}" OUTPUT_FILE printed.txt RESULT_VARIABLE status ERROR_VARIABLE error)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${${way}} ended with ${status}:\n${error}")
  endif()
  file(GLOB files_${way} RELATIVE "${FOLDER}/${way}" "${FOLDER}/${way}/*")
endforeach()

if(NOT files_HEADERS STREQUAL files_LIBRARY)
  message(FATAL_ERROR "expected the files ${files_HEADERS}, found ${files_LIBRARY}")
endif()
foreach(file IN LISTS files_HEADERS)
  file(SHA256 "${FOLDER}/HEADERS/${file}" expected)
  file(SHA256 "${FOLDER}/LIBRARY/${file}" found)
  if(NOT expected STREQUAL found)
    message(SEND_ERROR "${FOLDER}: expected the same ${file} from the library as from the headers")
  endif()
endforeach()
