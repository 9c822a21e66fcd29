: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Calcium in shells beneath the membrane, with a buffer and a pump
DEFINE SHELLS 4
INCLUDE "constants.inc"

NEURON {
  SUFFIX calcium
  USEION ca READ cao, cai, ica WRITE cai, ica VALENCE 2
  USEION dye READ dyei VALENCE -2
  RANGE pumped, D
  GLOBAL vrat
}
UNITS {
  (molar) = (1/liter)
  (mM) = (millimolar)
  (um) = (micron)
  (mA) = (milliamp)
  FARADAY = (faraday) (10000 coulomb)
  R = (k-mole) (joule/degC)
  LENGTH = (um) -> (cm)
  BURDEN = 1.5 (mM)
}
PARAMETER {
  D = 0.6 (um2/ms)
  k1 = 10 (/mM-ms)  k2 = 0.5 (/ms)
  rates[3] (/ms)
}
CONSTANT { volo = 1e10 (um2) }
ASSIGNED {
  diam (um)
  ica (mA/cm2)
  cai (mM)
  cao (mM)
  dyei (mM)
  pumped (mA/cm2)
  vrat[SHELLS]
  b0 (mM)
}
STATE {
  ca[SHELLS] (mM) <1e-7>
  buffer[SHELLS] (mM)
  bound[SHELLS] FROM 0 TO 1 START 0.5 (mM) <1e-6>
  total (mM)
}
LOCAL frat[SHELLS], unused

BREAKPOINT {
  SOLVE diffuse METHOD sparse
  ica = pumped
}
INITIAL {
  geometry()
  SOLVE diffuse STEADYSTATE sparse
  FROM i = 0 TO SHELLS - 1 BY 1 { ca[i] = cai }
}
KINETIC diffuse {
  COMPARTMENT i, diam*diam*vrat[i] {ca buffer bound}
  COMPARTMENT volo {total}
  LONGITUDINAL_DIFFUSION i, D*diam*diam*vrat[i] {ca}
  ~ ca[0] << (-ica*PI*diam/(2*FARADAY))
  FROM i = 0 TO SHELLS-2 {
    ~ ca[i] <-> ca[i+1] (D*frat[i+1], D*frat[i+1])
  }
  FROM i = 0 TO SHELLS-1 {
    ~ ca[i] + 2 buffer[i] <-> bound[i] (k1, k2)
  }
  ~ total -> (k2)
  CONSERVE total + bound[0] = b0
  pumped = 2*FARADAY*(f_flux - b_flux)
  cai = ca[0]
}
LINEAR shares SOLVEFOR total {
  ~ total + b0 = BURDEN
  ~+ total = 1
}
PROCEDURE geometry() {
  LOCAL r, n
  r = 1/2
  n = 0
  while (n < SHELLS) {
    vrat[n] = r^2
    IF (n > 0 && !(n >= 10) || n == 3) { frat[n] = -r^-2 } ELSE IF (n != 2) { frat[n] = 2*r } else { frat[n] = 0 }
    n = n + 1
  }
}
