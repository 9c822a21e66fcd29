: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE A slow potassium current, which lets neurons tire

NEURON {
  SUFFIX km
  USEION k READ ek WRITE ik
  RANGE gbar
}
PARAMETER {
  gbar = 0.01 (S/cm2)
  half = -35 (mV)
  slope = 10 (mV)
  tau = 50 (ms)
}
STATE { w }
ASSIGNED { v (mV) ek (mV) ik (mA/cm2) }

INITIAL { w = open(v) }
BREAKPOINT {
  SOLVE gating METHOD cnexp
  ik = gbar*w*(v - ek)
}
DERIVATIVE gating { w' = (open(v) - w)/tau }
FUNCTION open(v (mV)) { open = 1/(1 + exp((half - v)/slope)) }
