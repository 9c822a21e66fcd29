NEURON { SUFFIX x }
INCLUDE "a.inc"
INITIAL { a = b }
