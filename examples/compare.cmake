# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0

# cmake -DPROGRAM=... -DEXPECTED=... -P compare.cmake: runs a program; its standard output must be the text of a file.
execute_process(COMMAND "${PROGRAM}" OUTPUT_VARIABLE found RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} ended with ${status}\n${found}")
endif()
file(READ "${EXPECTED}" expected)
if(NOT found STREQUAL expected)
  message(FATAL_ERROR "${PROGRAM}: the output is not that of ${EXPECTED}:\n${found}")
endif()
