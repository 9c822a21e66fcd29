: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Persistent sodium channel
COMMENT
  Magistretti J, Alonso A (1999) J Gen Physiol 114:491-509, in the form of Hay E, Hill S, Schuermann F,
  Markram H, Segev I (2011) PLoS Comput Biol 7:e1002107; at 21 degrees.
ENDCOMMENT

NEURON {
  SUFFIX nap
  USEION na READ ena WRITE ina
  RANGE gbar
}
UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S) = (siemens)
}
PARAMETER {
  gbar = 0.00001 (S/cm2) <0, 1e9>
  q10 = 2.3
}
ASSIGNED {
  v (mV)
  celsius (degC)
  ena (mV)
  ina (mA/cm2)
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
  ina = gbar*m^3*h*(v - ena)
}
DERIVATIVE gates {
  rates(v)
  m' = (minf - m)/mtau
  h' = (hinf - h)/htau
}
PROCEDURE rates(v (mV)) {
  LOCAL alpha, beta, qt
  qt = q10^((celsius - 21)/10(degC))
  minf = 1/(1 + exp(-(v + 52.6)/4.6(mV)))
  alpha = 0.182(/mV-ms)*linoid(-(v + 38), 6(mV))
  beta = 0.124(/mV-ms)*linoid(v + 38, 6(mV))
  mtau = 6/(alpha + beta)/qt
  hinf = 1/(1 + exp((v + 48.8)/10(mV)))
  alpha = 2.88e-6(/mV-ms)*linoid(v + 17, 4.63(mV))
  beta = 6.94e-6(/mV-ms)*linoid(-(v + 64.4), 2.63(mV))
  htau = 1/(alpha + beta)/qt
}
FUNCTION linoid(x (mV), y (mV)) (mV) {
  : x/(exp(x/y) - 1), but for small x
  if (fabs(x/y) < 1e-6) {
    linoid = y*(1 - x/y/2)
  } else {
    linoid = x/(exp(x/y) - 1)
  }
}
