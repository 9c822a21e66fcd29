: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Sodium that flows in and diffuses along the branch
NEURON {
  SUFFIX sodium
  USEION na READ ena, ina WRITE nai, ina
  RANGE g, D
}
UNITS {
  (molar) = (1/liter) (mM) = (millimolar) (mV) = (millivolt) (mA) = (milliamp) (um) = (micron)
  F = (faraday) (coulomb)
  PI = (pi) (1)
}
PARAMETER { D = 0.6 (um2/ms) g = 0 (S/cm2) }
ASSIGNED { v (mV) diam (um) ena (mV) ina (mA/cm2) }
STATE { nai (mM) }
BREAKPOINT {
  SOLVE conc METHOD sparse
  ina = g*(v - ena)
}
KINETIC conc {
  COMPARTMENT PI*diam*diam/4 {nai}
  LONGITUDINAL_DIFFUSION D*PI*diam*diam/4 {nai}
  ~ nai << (-ina/F*PI*diam*(1e4))
}
