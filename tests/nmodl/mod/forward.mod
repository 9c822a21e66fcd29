: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Euler's method, and time
NEURON { SUFFIX forward NONSPECIFIC_CURRENT i RANGE w }
STATE { f }
ASSIGNED { v (mV) i (mA/cm2) w scratch }
INITIAL { f = 1  scratch = 2 }
BREAKPOINT {
  SOLVE steps METHOD euler
  w = f*t
  i = 0.001*w*(v + 60)
}
DERIVATIVE steps {
  scratch = scratch + f*dt
  f' = -f/7 + 0.01*scratch*sin(t)
}
