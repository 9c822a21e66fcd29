# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0

# cmake -DPROJECT=<project> -DFOLDER=<build folder> [-DOPTIONS=<list>] -P build_type.cmake
# A project that uses Nernst is told, once, if it is configured so that nothing is optimised.

cmake_minimum_required(VERSION 3.25)

unset(ENV{CMAKE_BUILD_TYPE})
unset(ENV{CXXFLAGS})

function(expect count)
  file(REMOVE "${FOLDER}/CMakeCache.txt")
  execute_process(COMMAND ${CMAKE_COMMAND} -S "${PROJECT}" -B "${FOLDER}" ${OPTIONS} ${ARGN} RESULT_VARIABLE failed OUTPUT_VARIABLE said
                  ERROR_VARIABLE said)
  string(REGEX MATCHALL "Nernst:[ \n]+CMAKE_BUILD_TYPE[ \n]+is[ \n]+not[ \n]+set" warnings "${said}")
  list(LENGTH warnings found)
  if(failed OR NOT found EQUAL count)
    message(SEND_ERROR "${ARGN}: expected ${count} warnings, found ${found}:\n${said}")
  endif()
endfunction()

expect(1)
expect(0 -DCMAKE_BUILD_TYPE=Release)
expect(0 -DCMAKE_CXX_FLAGS=-O2)
