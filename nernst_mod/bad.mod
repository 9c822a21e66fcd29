NEURON { SUFFIX bad USEION mg READ mgi }
INITIAL { a = mgi }
