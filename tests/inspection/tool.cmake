# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0

# cmake -DTOOL=<nernst-inspect> -DROOT=<repository> [-DPYTHON=<python3>] -P tool.cmake

cmake_minimum_required(VERSION 3.25)

set(models ${ROOT}/tests/inspection/models)

# Runs the tool with the arguments behind `status` and sets `out` and `err`. Other models come as text, from the standard input.
function(inspect status input)
  file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/tool_input.txt" "${input}")
  execute_process(COMMAND "${TOOL}" ${ARGN} INPUT_FILE "${CMAKE_CURRENT_BINARY_DIR}/tool_input.txt" OUTPUT_VARIABLE found ERROR_VARIABLE said
                  RESULT_VARIABLE ended)
  if(NOT ended EQUAL status)
    message(SEND_ERROR "nernst-inspect ${ARGN} ended with ${ended} instead of ${status}\n${input}\n${said}")
  endif()
  set(out "${found}" PARENT_SCOPE)
  set(err "${said}" PARENT_SCOPE)
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

function(expect_error text)
  string(FIND "${err}" "${text}" place)
  if(NOT place EQUAL 0)
    message(SEND_ERROR "expected '${text}', found '${err}'")
  endif()
endfunction()

# ---- what it prints ----------------------------------------------------------------------------------------------

inspect(0 "" ${models}/cuba.txt)
expect_text(${ROOT}/examples/expected/nernst_inspect.txt)
file(READ ${models}/cuba.txt cuba)
inspect(0 "${cuba}" -)
expect_text(${ROOT}/examples/expected/nernst_inspect.txt)
inspect(0 "" ${models}/bursting.txt)
expect_text(${ROOT}/tests/inspection/expected/bursting.txt)
inspect(0 "" ${models}/depressing.txt --target ${models}/cuba.txt)
expect_text(${ROOT}/tests/inspection/expected/depressing.txt)

foreach(model IN ITEMS cuba bursting)
  inspect(0 "" ${models}/${model}.txt --json)
  if(PYTHON)
    file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/${model}.json" "${out}")
    execute_process(COMMAND ${PYTHON} -m json.tool "${CMAKE_CURRENT_BINARY_DIR}/${model}.json" OUTPUT_QUIET ERROR_VARIABLE said
                    RESULT_VARIABLE ended)
    if(NOT ended EQUAL 0)
      message(SEND_ERROR "not JSON: ${said}")
    endif()
  endif()
  string(JSON kind GET "${out}" kind)
  string(JSON name GET "${out}" kernels 0 name)
  if(NOT "${kind} ${name}" STREQUAL "neuron update")
    message(SEND_ERROR "'${kind} ${name}' in the JSON of ${model}")
  endif()
  inspect(0 "" ${models}/${model}.txt --dot)
  if(NOT out MATCHES "^digraph model {")
    message(SEND_ERROR "no drawing: ${out}")
  endif()
endforeach()

# Options replace what the file says.
inspect(0 "" ${models}/cuba.txt --method rk2 --threshold "v > 0*mV" --json)
string(JSON method GET "${out}" methods 0 method)
if(NOT method STREQUAL "rk2" OR NOT out MATCHES "v > 0\\*V")
  message(SEND_ERROR "options do not replace: ${out}")
endif()
inspect(0 "dv/dt = -v/tau : volt" - --constant "tau = 2*ms")
if(NOT out MATCHES "dv/dt = -v/\\(2\\*ms\\) : V")
  message(SEND_ERROR "no constant: ${out}")
endif()

# A synapse sees what its neurons have beside their variables.
inspect(0 "on_pre: ge_post += 1*mV*int(not_refractory_post)*(i < j)/N_pre" - --target ${models}/cuba.txt)
if(NOT out MATCHES "not_refractory_post")
  message(SEND_ERROR "no refractoriness: ${out}")
endif()

# ---- mistakes: FILE:LINE:COLUMN -----------------------------------------------------------------------------------

set(leak "dv/dt = (3*volt - v)/tau : volt\nconstant: tau = 1*ms\n")
inspect(1 "${leak}threshold: v > 3*ms\n" -)
expect_error("standard input:3:14: the units do not fit in 'threshold: v > 3*ms': expected V, found s\n")
inspect(1 "dv/dt = (3*volt - v)/(10*ms : volt\n" -)
expect_error("standard input:1:29: ")
inspect(1 "\n  dv/dt = 3*volt - v : volt\n" -)
expect_error("standard input:2:3: the units do not fit in 'dv/dt': expected V/s, found V\n")
inspect(1 "dv/dt = -v/tau : volt\nconstant: tau = 3*ms + 2*mV\n" -)
expect_error("standard input:2:22: the units do not fit in '3*ms + 2*mV': expected s, found V\n")
inspect(1 "dv/dt = -v/tau : volt\nconstant: tau = 3*msx\n" -)
expect_error("standard input:2:19: the variable 'msx' is not defined here\n")
inspect(1 "dv/dt = -v/tau : volt\nconstant: tau\n" -)
expect_error("standard input:2:10: cannot read 'tau'")
inspect(1 "${leak}reset:\n  v = 0*mV\n  v = w\n" -)
expect_error("standard input:5:7: the variable 'w' is not defined here\n")
inspect(1 "${leak}method: rk3\n" -)
expect_error("standard input:3:9: there is no integration method 'rk3'")
inspect(1 "dv/dt = -v**2/volt/ms : volt\nmethod: exact\n" -)
expect_error("standard input:1:1: the method 'exact' cannot integrate these equations")
inspect(1 "${leak}on burst: v = 0*mV\n" -)
expect_error("standard input:3:11: the event 'burst' is not defined here: expected event(...) in the model\n")
inspect(1 "${leak}every 2*mV: v = 0*mV\n" -)
expect_error("standard input:3:12: the units do not fit in 'every': expected s\n")
inspect(1 "${leak}" - --threshold "v > > 3*volt")
expect_error("--threshold:1:5: ")
inspect(1 "${leak}" - --threshold "v > 3")
expect_error("--threshold:1:3: the units do not fit in 'threshold: v > 3': expected V, found 1\n")
inspect(1 "${leak}" - --reset "v = 0*volt\n v = w" --threshold "v > 0*volt")
expect_error("--reset:2:6: ")
inspect(1 "" - --reset "v = ")
expect_error("--reset:1:5: ")

# At the end of a file.
foreach(text IN ITEMS "a : " "x = v" "dv/dt = 1*Hz" "v" "# v\nv" "v : 1\nreset: v =" "v : 1\nconstant")
  inspect(1 "${text}" -)
  inspect(1 "${text}\n" -)
endforeach()
inspect(1 "v : 1\nw :" -)
expect_error("standard input:2:4: cannot read 'end of text'")
file(READ ${models}/bursting.txt text)
string(LENGTH "${text}" length)
foreach(size RANGE 0 ${length} 7)
  string(SUBSTRING "${text}" 0 ${size} part)
  file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/tool_input.txt" "${part}")
  execute_process(COMMAND "${TOOL}" - INPUT_FILE "${CMAKE_CURRENT_BINARY_DIR}/tool_input.txt" OUTPUT_QUIET ERROR_VARIABLE said
                  RESULT_VARIABLE ended)
  if(NOT ended MATCHES "^[01]$" OR (ended EQUAL 1 AND NOT said MATCHES "^standard input:[0-9]+:[0-9]+: "))
    message(SEND_ERROR "nernst-inspect ended with ${ended} and said '${said}' of\n${part}")
  endif()
endforeach()

# ---- wrong commands ----------------------------------------------------------------------------------------------

inspect(2 "")
expect_error("nernst-inspect: no file\n\nusage: nernst-inspect FILE")
inspect(2 "" --frobnicate ${models}/cuba.txt)
expect_error("nernst-inspect: unknown option --frobnicate\n")
inspect(2 "" ${models}/cuba.txt --method)
expect_error("nernst-inspect: --method needs a value\n")
inspect(2 "" ${models}/no_such_file.txt)
expect_error("nernst-inspect: cannot read ")
inspect(0 "" --help)
