# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0

# Says once if models would be compiled without optimisation because nobody has thought of it.
function(nernst_check_build_type)
  get_property(checked GLOBAL PROPERTY nernst_build_type_checked)
  set_property(GLOBAL PROPERTY nernst_build_type_checked TRUE)
  get_property(chosen_when_built GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  get_directory_property(options COMPILE_OPTIONS)
  if(checked OR chosen_when_built OR CMAKE_BUILD_TYPE OR "${CMAKE_CXX_FLAGS} ${options}" MATCHES "(^|[ ;])[-/]O")
    return()
  endif()
  message(WARNING "Nernst: CMAKE_BUILD_TYPE is not set, so the compiler does not optimise, and simulations take more than a hundred times "
                  "longer. Configure with -DCMAKE_BUILD_TYPE=Release.")
endfunction()
nernst_check_build_type()
