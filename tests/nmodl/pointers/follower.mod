: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE A channel that goes by what others write into it
NEURON {
  SUFFIX follower
  NONSPECIFIC_CURRENT i
  RANGE g, level, count
}
PARAMETER { g = 0 (S/cm2) level = 0 count = 0 e = 10 (mV) }
STATE { x }
ASSIGNED { v (mV) i (mA/cm2) }
INITIAL { x = 0 }
BREAKPOINT {
  SOLVE states METHOD cnexp
  i = g*(1 + x)*(v - e)
}
DERIVATIVE states { x' = level - x/5 }
