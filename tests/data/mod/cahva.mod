: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE High-voltage activated calcium channel
COMMENT
  Reuveni I, Friedman A, Amitai Y, Gutnick MJ (1993) J Neurosci 13:4609-4621; at 23 degrees.
ENDCOMMENT

NEURON {
  SUFFIX cahva
  USEION ca READ eca WRITE ica
  RANGE gbar, g
}
UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S) = (siemens)
}
PARAMETER {
  gbar = 0.0002 (S/cm2) <0, 1e9>
  q10 = 2.3
}
ASSIGNED {
  v (mV)
  celsius (degC)
  eca (mV)
  ica (mA/cm2)
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
  g = gbar*m^2*h
  ica = g*(v - eca)
}
DERIVATIVE gates {
  rates(v)
  m' = (minf - m)/mtau
  h' = (hinf - h)/htau
}
PROCEDURE rates(v (mV)) {
  LOCAL alpha, beta, qt
  qt = q10^((celsius - 23)/10(degC))
  alpha = 0.055(/mV-ms)*linoid(-(v + 27), 3.8(mV))
  beta = 0.94(/ms)*exp(-(v + 75)/17(mV))
  mtau = 1/(qt*(alpha + beta))
  minf = alpha/(alpha + beta)
  alpha = 0.000457(/ms)*exp(-(v + 13)/50(mV))
  beta = 0.0065(/ms)/(1 + exp(-(v + 15)/28(mV)))
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
