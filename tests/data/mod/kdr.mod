: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Delayed rectifier of hippocampal neurons
COMMENT
  Rates of Traub RD, Miles R (1991) Neuronal Networks of the Hippocampus, Cambridge University Press,
  at 36 degrees, around a threshold vt.
ENDCOMMENT

NEURON {
  SUFFIX kdr
  USEION k READ ek WRITE ik
  RANGE gbar, g, vt
}
UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S) = (siemens)
}
PARAMETER {
  gbar = 0.01 (S/cm2) <0, 1e9>
  vt = -58 (mV)
  q10 = 3
}
ASSIGNED {
  v (mV)
  celsius (degC)
  ek (mV)
  ik (mA/cm2)
  g (S/cm2)
  alpha (/ms)
  beta (/ms)
}
STATE { n }

INITIAL {
  rates(v)
  n = alpha/(alpha + beta)
}
BREAKPOINT {
  SOLVE gates METHOD cnexp
  g = gbar*n^4
  ik = g*(v - ek)
}
DERIVATIVE gates {
  rates(v)
  n' = alpha*(1 - n) - beta*n
}
PROCEDURE rates(v (mV)) {
  LOCAL u, qt
  u = v - vt
  qt = q10^((celsius - 36)/10(degC))
  alpha = qt*0.032(/mV-ms)*linoid(15 - u, 5(mV))
  beta = qt*0.5(/ms)*exp((10 - u)/40(mV))
}
FUNCTION linoid(x (mV), y (mV)) (mV) {
  : x/(exp(x/y) - 1), but for small x
  if (fabs(x/y) < 1e-6) {
    linoid = y*(1 - x/y/2)
  } else {
    linoid = x/(exp(x/y) - 1)
  }
}
