: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
: Wrong for us, right for NEURON: it draws its noise in C.
NEURON {
  POINT_PROCESS noisy
  BBCOREPOINTER rng
  ELECTRODE_CURRENT i
}
ASSIGNED { i (nA) rng }
BREAKPOINT { i = draw() }
FUNCTION draw() {
VERBATIM
  _ldraw = nrn_random_pick(_p_rng);
ENDVERBATIM
}
