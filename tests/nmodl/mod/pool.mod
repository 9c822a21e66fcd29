: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Calcium that flows in by the constant field equation, and decays
NEURON {
  SUFFIX pool
  USEION ca READ cai, cao, eca WRITE cai, ica
  RANGE p, depth, tau, n
}
UNITS {
  (molar) = (1/liter) (mM) = (millimolar) (mV) = (millivolt) (mA) = (milliamp) (um) = (micron)
  F = (faraday) (coulomb)
}
CONSTANT { rest = 5e-5 (mM) }
PARAMETER { p = 1e-5 (cm/s) depth = 0.2 (um) tau = 40 (ms) cai0 = 5e-5 (mM) }
STATE { cai (mM) n }
ASSIGNED { v (mV) ica (mA/cm2) cao (mM) eca (mV) drive (mM/ms) }
INITIAL { n = 1/(1 + exp(-(v + 20)/6)) }
BREAKPOINT {
  SOLVE states METHOD cnexp
  ica = p*n^2*nrn_ghk(v, cai, cao, 2)
}
DERIVATIVE states {
  drive = -ica*(10000)/(2*F*depth)
  if (drive < 0) { drive = 0 }
  n' = (1/(1 + exp(-(v + 20)/6)) - n)/(1 + 3*exp(-v^2/900))
  cai' = drive + (rest - cai)/tau
}
