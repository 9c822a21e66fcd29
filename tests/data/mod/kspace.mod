: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Potassium in the space around a membrane, which exchanges with a bath
COMMENT
  Frankenhaeuser B, Hodgkin AL (1956) J Physiol 131:341-376.
ENDCOMMENT

NEURON {
  SUFFIX kspace
  USEION k READ ik WRITE ko
  RANGE width, tau, bath
}
UNITS {
  (mA) = (milliamp)
  (um) = (micron)
  (mM) = (milli/liter)
  FARADAY = (faraday) (coulomb)
}
PARAMETER {
  width = 0.03 (um) <1e-9, 1e9>
  tau = 50 (ms) <1e-9, 1e9>
  bath = 2.5 (mM) <0, 1e9>
}
ASSIGNED { ik (mA/cm2) }
STATE { ko (mM) }

INITIAL {
  ko = bath
}
BREAKPOINT {
  SOLVE space METHOD cnexp
}
DERIVATIVE space {
  ko' = (10000)*ik/(FARADAY*width) + (bath - ko)/tau
}
