# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0

# cmake -DTOOL=<nernst-mod> -DROOT=<repository> -P tool.cmake

cmake_minimum_required(VERSION 3.25)

set(files ${ROOT}/tests/nmodl/files)
set(scratch "${CMAKE_CURRENT_BINARY_DIR}/nernst_mod")
file(REMOVE_RECURSE "${scratch}")
file(MAKE_DIRECTORY "${scratch}")

# Runs the tool in FOLDER and sets `out` and `err`.
function(read_mod status folder)
  execute_process(COMMAND "${TOOL}" ${ARGN} WORKING_DIRECTORY "${folder}" OUTPUT_VARIABLE found ERROR_VARIABLE said RESULT_VARIABLE ended)
  if(NOT ended EQUAL status)
    message(SEND_ERROR "nernst-mod ${ARGN} ended with ${ended} instead of ${status}\n${said}")
  endif()
  set(out "${found}" PARENT_SCOPE)
  set(err "${said}" PARENT_SCOPE)
endfunction()

function(expect name text)
  string(FIND "${${name}}" "${text}" place)
  if(place EQUAL -1)
    message(SEND_ERROR "expected '${text}', found '${${name}}'")
  endif()
endfunction()

# With NERNST_WRITE_EXPECTED set in the environment the file is written instead.
function(expect_text file)
  if(DEFINED ENV{NERNST_WRITE_EXPECTED})
    file(WRITE "${file}" "${out}")
  endif()
  file(READ "${file}" expected)
  if(NOT out STREQUAL expected)
    message(SEND_ERROR "the output is not that of ${file}:\n${out}")
  endif()
endfunction()

# ---- what it prints ----------------------------------------------------------------------------------------------

read_mod(0 "${files}" squid.mod)
expect_text(${ROOT}/examples/expected/nernst_mod.txt)
read_mod(0 "${files}" calcium.mod depressing.mod rare.mod)
expect(out "FARADAY = 9.64853321 (10000 coulomb)")
expect(out "dye (valence -2) reads dyei")
expect(out "NET_RECEIVE(weight, x, last)")
expect(out "KINETIC (V2, line ")
expect(out "artificial mechanism rare, stage V3")
read_mod(0 "${files}" calcium.mod --legacy-units)
expect(out "FARADAY = 9.64853 (10000 coulomb)")

read_mod(1 "${ROOT}/tests/nmodl" files --files)
expect_text(${ROOT}/examples/expected/nernst_mod_folder.txt)
expect(err "files/noisy.mod:12:1: 'VERBATIM' is not supported; write it in NMODL: ")
read_mod(1 "${ROOT}/tests/nmodl" files --describe)
expect(out "depressing.mod: point mechanism depressing, stage V1\n")

read_mod(0 "${ROOT}/tests/nmodl/mod" gates.mod --strict-units)
expect(err "gates.mod:44:22: warning: the units do not fit in 'exp': expected 1, found 1e-3 m2-kg/sec2-coul\n")
read_mod(0 "${ROOT}/tests/data/mod" na.mod --strict-units)
if(err MATCHES "warning")
  message(SEND_ERROR "a warning: ${err}")
endif()

# ---- mistakes ----------------------------------------------------------------------------------------------------

file(WRITE "${scratch}/bad.mod" "NEURON {\n  SUFFIX bad\n  RANGE a b\n}\n")
read_mod(1 "${scratch}" bad.mod)
expect(err "bad.mod:3:11: cannot read 'b': expected SUFFIX, RANGE, USEION ... or }")
file(WRITE "${scratch}/bad.mod" "NEURON { SUFFIX bad USEION mg READ mgi }\nINITIAL { a = mgi }\n")
read_mod(1 "${scratch}" bad.mod)
expect(err "bad.mod:1:28: warning: the valence of the ion 'mg' is not known")
expect(err "bad.mod:2:11: the variable 'a' is not defined here\n")
expect(out "bad.mod: density mechanism bad, stage core, with mistakes\n")
read_mod(1 "${scratch}" bad.mod --no-warnings)
if(err MATCHES "warning")
  message(SEND_ERROR "a warning: ${err}")
endif()

# Files are included from the folder of the file, and from others.
file(MAKE_DIRECTORY "${scratch}/inc")
file(WRITE "${scratch}/includes.mod" "NEURON { SUFFIX x }\nINCLUDE \"a.inc\"\nINITIAL { a = b }\n")
file(WRITE "${scratch}/a.inc" "INCLUDE \"b.inc\"\nASSIGNED { a }\n")
read_mod(1 "${scratch}" includes.mod)
expect(err "a.inc:1:1: cannot read 'INCLUDE': expected a file that is given, found b.inc")
file(WRITE "${scratch}/inc/b.inc" "ASSIGNED { b }\n")
read_mod(0 "${scratch}" includes.mod --include inc)

# A file may end anywhere.
file(READ "${files}/depressing.mod" text)
string(LENGTH "${text}" length)
foreach(size RANGE 0 ${length} 61)
  string(SUBSTRING "${text}" 0 ${size} part)
  file(WRITE "${scratch}/part.mod" "${part}")
  execute_process(COMMAND "${TOOL}" "${scratch}/part.mod" OUTPUT_QUIET ERROR_VARIABLE said RESULT_VARIABLE ended)
  if(NOT ended MATCHES "^[01]$" OR (ended EQUAL 1 AND NOT said MATCHES "part.mod:[0-9]+:[0-9]+: "))
    message(SEND_ERROR "nernst-mod ended with ${ended} and said '${said}' of\n${part}")
  endif()
endforeach()

# ---- wrong commands ----------------------------------------------------------------------------------------------

read_mod(2 "${files}")
expect(err "nernst-mod: no file\n\nusage: nernst-mod FILE_OR_FOLDER")
read_mod(2 "${files}" --frobnicate squid.mod)
expect(err "nernst-mod: unknown option --frobnicate\n")
read_mod(2 "${files}" squid.mod --include)
expect(err "nernst-mod: --include needs a folder\n")
read_mod(2 "${files}" no_such_file.mod)
expect(err "nernst-mod: cannot read no_such_file.mod")
read_mod(2 "${scratch}" inc)
expect(err "nernst-mod: no .mod file in inc")
read_mod(0 "${files}" --help)
