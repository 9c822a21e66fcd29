: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Calcium and a mobile buffer in shells, which diffuse inwards and along the branch
DEFINE SHELLS 3
NEURON {
  SUFFIX shells
  USEION ca READ cai WRITE cai
  RANGE influx, D
  GLOBAL share
}
UNITS {
  (molar) = (1/liter) (mM) = (millimolar) (um) = (micron)
  PI = (pi) (1)
}
PARAMETER {
  D = 0.6 (um2/ms)
  Db = 0.05 (um2/ms)
  on = 8 (/mM-ms)
  off = 0.02 (/ms)
  influx = 0
  pumped = 0.04 (um/ms)
  cai0 = 1e-4 (mM)
}
ASSIGNED { diam (um) cai (mM) share[SHELLS] link[SHELLS] }
STATE { ca[SHELLS] (mM) free[SHELLS] (mM) bound[SHELLS] (mM) }
BREAKPOINT { SOLVE flow METHOD sparse }
INITIAL {
  shares()
  cai = cai0
  FROM i = 0 TO SHELLS - 1 {
    ca[i] = cai
    free[i] = 0.05/(1 + cai*on/off)
    bound[i] = 0.05 - free[i]
  }
}
PROCEDURE shares() {
  LOCAL outer, inner
  outer = 0.5
  FROM i = 0 TO SHELLS - 1 {
    inner = outer - 0.5/SHELLS
    share[i] = PI*(outer^2 - inner^2)
    link[i] = 2*PI*outer*SHELLS/0.5
    outer = inner
  }
}
KINETIC flow {
  COMPARTMENT i, diam*diam*share[i] {ca free bound}
  LONGITUDINAL_DIFFUSION i, D*diam*diam*share[i] {ca}
  LONGITUDINAL_DIFFUSION j, Db*diam*diam*share[j] {free bound}
  ~ ca[0] << (influx*PI*diam)
  ~ ca[0] -> (pumped*PI*diam)
  FROM i = 0 TO SHELLS - 2 {
    ~ ca[i] <-> ca[i+1] (D*link[i+1], D*link[i+1])
  }
  FROM i = 0 TO SHELLS - 1 {
    ~ ca[i] + free[i] <-> bound[i] (on*diam*diam*share[i], off*diam*diam*share[i])
  }
  cai = ca[0]
}
