: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Fast sodium channel of hippocampal neurons
COMMENT
  Rates of Traub RD, Miles R (1991) Neuronal Networks of the Hippocampus, Cambridge University Press,
  at 36 degrees, around a threshold vt.
ENDCOMMENT

NEURON {
  SUFFIX na
  USEION na READ ena WRITE ina
  RANGE gbar, g, vt
}
UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S) = (siemens)
}
PARAMETER {
  gbar = 0.05 (S/cm2) <0, 1e9>
  vt = -58 (mV)
  q10 = 3
}
ASSIGNED {
  v (mV)
  celsius (degC)
  ena (mV)
  ina (mA/cm2)
  g (S/cm2)
  minf
  hinf
  mtau (ms)
  htau (ms)
}
STATE { m h }

INITIAL {
  rates(v)
  m = minf
  h = hinf
}
BREAKPOINT {
  SOLVE gates METHOD cnexp
  g = gbar*m^3*h
  ina = g*(v - ena)
}
DERIVATIVE gates {
  rates(v)
  m' = (minf - m)/mtau
  h' = (hinf - h)/htau
}
PROCEDURE rates(v (mV)) {
  LOCAL u, alpha, beta, qt
  u = v - vt
  qt = q10^((celsius - 36)/10(degC))
  alpha = 0.32(/mV-ms)*linoid(13 - u, 4(mV))
  beta = 0.28(/mV-ms)*linoid(u - 40, 5(mV))
  mtau = 1/(qt*(alpha + beta))
  minf = alpha/(alpha + beta)
  alpha = 0.128(/ms)*exp((17 - u)/18(mV))
  beta = 4(/ms)/(1 + exp((40 - u)/5(mV)))
  htau = 1/(qt*(alpha + beta))
  hinf = alpha/(alpha + beta)
}
FUNCTION linoid(x (mV), y (mV)) (mV) {
  : x/(exp(x/y) - 1), but for small x
  if (fabs(x/y) < 1e-6) {
    linoid = y*(1 - x/y/2)
  } else {
    linoid = x/(exp(x/y) - 1)
  }
}
