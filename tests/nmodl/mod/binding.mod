: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Reactions that are not linear, from their steady state
NEURON { SUFFIX binding NONSPECIFIC_CURRENT i RANGE bound }
STATE { c b cb d }
ASSIGNED { v (mV) i (mA/cm2) bound }
INITIAL {
  c = 0.3 b = 1
  SOLVE reactions STEADYSTATE sparse
}
BREAKPOINT {
  SOLVE reactions METHOD sparse
  i = 1e-4*(cb + d + bound)*(v + 60)
}
KINETIC reactions {
  COMPARTMENT 3 { b cb }
  ~ c << (0.4 + 0.3*exp(v/30))
  ~ c -> (0.5)
  ~ 2 c + b <-> cb (70, 2)
  bound = f_flux - b_flux
  ~ cb <-> d (0.2, 0.7)
  CONSERVE b + cb + d = 3
}
