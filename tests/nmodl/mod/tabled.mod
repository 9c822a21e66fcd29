TITLE tables in their three forms

: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
: Written for the tests: a gate that is stepped by hand, with a table that depends on dt and the temperature, one of a
: function, whose ends are parameters, and one of a concentration.

NEURON {
  SUFFIX tabled
  USEION ca READ cai
  NONSPECIFIC_CURRENT i
  RANGE g, shift
  GLOBAL minf, low, high, q10
}

UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S) = (siemens)
  (mM) = (milli/liter)
}

PARAMETER {
  g = 0.01 (S/cm2)
  e = -65 (mV)
  shift = 3 (mV)
  low = -97 (mV)
  high = 43 (mV)
  q10 = 2.5
}

STATE { m h }

ASSIGNED {
  v (mV)
  celsius (degC)
  dt (ms)
  cai (mM)
  i (mA/cm2)
  minf
  mexp
  tauh[2] (ms)
  speed
  calm
}

INITIAL {
  speed = q10^((celsius - 20)/10)
  rates(v + shift)
  m = minf
  h = steady(v)
}

BREAKPOINT {
  SOLVE move
  SOLVE states METHOD cnexp
  calm = half(cai)
  i = g*m*h*calm*(v - e)*soft(v)
}

PROCEDURE move() {
  rates(v + shift)
  m = m + mexp*(minf - m)
}

DERIVATIVE states {
  slow(v)
  h' = (steady(v) - h)/(tauh[0] + tauh[1])
}

PROCEDURE rates(u (mV)) {
  LOCAL tau
  TABLE minf, mexp DEPEND dt, celsius FROM -100 TO 100 WITH 50
  minf = 1/(1 + exp(-(u + 35)/7))
  tau = (1 + 4*exp(-((u + 40)/20)^2))/speed
  mexp = 1 - exp(-dt/tau)
}

PROCEDURE slow(v (mV)) {
  TABLE tauh DEPEND celsius FROM low TO high WITH 17
  tauh[0] = 5 + fabs(v)/10
  tauh[1] = speed*exp(v/50)
}

FUNCTION steady(v (mV)) {
  TABLE DEPEND q10 FROM low TO high WITH 30
  steady = 1/(1 + exp((v + 50)/q10/2))
}

FUNCTION soft(v (mV)) {
  TABLE FROM -80 TO 30 WITH 64
  soft = 1 + (v/100)^2
}

FUNCTION half(c (mM)) {
  TABLE FROM 0 TO 1e-3 WITH 10
  half = c/(c + 5e-5)
}
