: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Calcium in a shell beneath the membrane, which decays towards a concentration at rest
COMMENT
  Destexhe A, Mainen ZF, Sejnowski TJ (1994) J Comput Neurosci 1:195-230.
ENDCOMMENT

NEURON {
  SUFFIX capool
  USEION ca READ ica WRITE cai
  RANGE depth, tau, rest, unbound
}
UNITS {
  (mA) = (milliamp)
  (um) = (micron)
  (mM) = (milli/liter)
  FARADAY = (faraday) (coulomb)
}
PARAMETER {
  depth = 0.1 (um) <1e-9, 1e9>
  tau = 80 (ms) <1e-9, 1e9>
  rest = 0.0001 (mM) <0, 1e9>
  unbound = 0.05 <0, 1>  : the share that no buffer binds
}
ASSIGNED { ica (mA/cm2) }
STATE { cai (mM) }

INITIAL {
  cai = rest
}
BREAKPOINT {
  SOLVE shell METHOD cnexp
}
DERIVATIVE shell {
  cai' = -(10000)*ica*unbound/(2*FARADAY*depth) - (cai - rest)/tau
}
