# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0

# cmake -DROOT=<repository> -P covered.cmake
# Every header has a test of its stem, or covered.txt names the one that covers it.

cmake_minimum_required(VERSION 3.25)

file(STRINGS "${ROOT}/tests/headers/covered.txt" rows REGEX "^[^#]")
foreach(row IN LISTS rows)
  string(REGEX MATCH "^([^ ]+) +([^ ]+)$" _ "${row}")
  set(covering_${CMAKE_MATCH_1} ${CMAKE_MATCH_2})
  list(APPEND listed ${CMAKE_MATCH_1})
endforeach()

set(mistakes "")
file(GLOB_RECURSE headers RELATIVE "${ROOT}/include/nernst" "${ROOT}/include/nernst/*/*.hpp")
foreach(header IN LISTS headers)
  string(REGEX REPLACE "(-inl)?\\.hpp$" "" stem "${header}") # definitions are covered with what they define
  if(EXISTS "${ROOT}/tests/${stem}.cpp")
    if(DEFINED covering_${header})
      list(APPEND mistakes "covered.txt names ${header}, which has a test of its own")
    endif()
    continue()
  endif()
  set(named ${stem}.hpp)
  if(DEFINED covering_${header})
    set(named ${header})
  endif()
  if(NOT DEFINED covering_${named})
    list(APPEND mistakes "${header} has no test ${stem}.cpp and no row in covered.txt")
  elseif(NOT EXISTS "${ROOT}/tests/${covering_${named}}")
    list(APPEND mistakes "covered.txt names ${covering_${named}}, which does not exist")
  endif()
endforeach()
list(REMOVE_ITEM listed ${headers})
foreach(header IN LISTS listed)
  list(APPEND mistakes "covered.txt names ${header}, which does not exist")
endforeach()

if(mistakes)
  list(JOIN mistakes "\n  " mistakes)
  message(FATAL_ERROR "headers and their tests:\n  ${mistakes}")
endif()
