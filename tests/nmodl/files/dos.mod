: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
NEURON { SUFFIX dos RANGE a }
PARAMETER { a = 1 }
