/* SPDX-FileCopyrightText: The Nernst authors
 * SPDX-License-Identifier: BSL-1.0 */
#ifndef NERNST_C_ABI_MECHANISM_H
#define NERNST_C_ABI_MECHANISM_H

/* A mechanism of compartments, a channel, pump or synapse, as C functions over plain arrays. A
 * shared library has it as a function without arguments, `nernst_mechanism_<name>`; C++ makes such
 * libraries (<nernst/c_abi/export.hpp>), and loads them (<nernst/c_abi/load.hpp>). C99.
 *
 * All values are in SI units: V, A, s, S/m^2, A/m^2, mol/m^3, K, m^2. Functions keep nothing and
 * let no exception out: all memory is the caller's, so that several threads may call them at once
 * for other elements. */

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. A caller refuses a mechanism with another one. */
#define NERNST_MECHANISM_VERSION 1u

/* More than these a mechanism does not have. */
#define NERNST_MOST_VARIABLES 512
#define NERNST_MOST_IONS 16

/* What a function returns; `message` says more. */
typedef enum nernst_status {
  NERNST_OK = 0,
  NERNST_MISSING_ARRAY = 1, /* an array that the function needs is NULL */
  NERNST_BAD_ARGUMENT = 2,  /* dt is not above 0, begin is above end, there is no such ion */
  NERNST_NOT_PREPARED = 3,  /* `prepare` has not been called with this dt and this `work` */
  NERNST_NOT_FINITE = 4,    /* an equation has coefficients that are not finite: 1/0, say */
  NERNST_FAILURE = 5        /* no memory to work in */
} nernst_status;

typedef enum nernst_placement {
  NERNST_DENSITY = 0, /* spread over membranes: currents in A/m^2, one element per compartment */
  NERNST_POINT = 1    /* at places: currents in A, any number of elements per compartment */
} nernst_placement;

/* What a variable is, and what its array has. */
typedef enum nernst_kind {
  NERNST_STATE = 0,       /* by element: `initialise` and `advance` write it */
  NERNST_PARAMETER = 1,   /* by element: the caller gives it */
  NERNST_COEFFICIENT = 2, /* by element: `prepare` writes it */
  NERNST_SHARED = 3,      /* one value for all elements: the caller gives it */
  NERNST_COMPARTMENT = 4, /* by compartment: its own, and "na.reversal", "ca.inside" of an ion */
  NERNST_LINKED = 5,      /* of other elements, which the caller chooses: a POINTER of NMODL */
  NERNST_CONNECTION = 6   /* by connection: an argument of NET_RECEIVE */
} nernst_kind;

/* The functions, as bits of `read_by` and `written_by`. */
enum {
  NERNST_PREPARE = 1,
  NERNST_INITIALISE = 2,
  NERNST_CURRENTS = 4,
  NERNST_ION_CURRENTS = 8,
  NERNST_ADVANCE = 16,
  NERNST_WRITE_IONS = 32,
  NERNST_ON_SPIKE = 64,
  NERNST_BEGIN_STEP = 128
};

/* A variable. Beside those of the mechanism, compartments have "v" (V), "area" (m^2), "diameter"
 * (m), "_inverse_area" (1/m^2) and the totals "_current" and "_conductance", to which `currents`
 * adds. A variable that no function reads or writes needs no array. */
typedef struct nernst_variable {
  char const* name;
  char const* unit;           /* "S/m^2"; "1" for a number */
  int8_t numerator[7];        /* the same as exponents of m, kg, s, A, K, mol, cd */
  uint8_t denominator[7];
  nernst_kind kind;
  double initial;             /* the value where nobody gives one */
  uint32_t read_by, written_by;
} nernst_variable;

/* An ion, with the numbers of its variables, or -1 for those that the mechanism does not use. */
typedef struct nernst_ion {
  char const* name;
  int32_t reversal, inside, outside; /* V, mol/m^3, mol/m^3: as in the compartment */
  /* The totals in A/m^2 and S/m^2 that `ion_currents` adds to; also what a mechanism reads that
   * asks for the current of an ion. */
  int32_t current, conductance;
} nernst_ion;

/* The properties of a mechanism, as bits. */
enum {
  /* Currents are linear in the voltage, with coefficients that stay the same during a run. */
  NERNST_IS_STEADY = 1,
  /* Elements differ by their numbers: the mechanism draws random numbers. */
  NERNST_NUMBERS_MATTER = 2,
  /* Its currents come from an electrode: they are none of the membrane. */
  NERNST_IS_ELECTRODE = 4
};

/* Elements of a mechanism, and what functions need to know of them. */
typedef struct nernst_elements {
  uint32_t begin, end;            /* a function works on the elements [begin, end) */
  double* const* variables;       /* the array of each variable, by its number */
  int32_t const* compartment;     /* of each element; NULL: element k is in compartment k */
  /* Of each variable, by its number: for NERNST_LINKED which value of its array each element
   * takes, NULL: element k takes value k. May be NULL as a whole. */
  int32_t const* const* linked;
  double* work;                   /* `work_size` numbers, which `prepare` writes */
  double dt;                      /* the length of a step, s */
  double time;                    /* s */
  /* What random numbers depend on, beside the number of the element. */
  uint64_t seed, step;
  uint32_t object;
} nernst_elements;

/* Spikes that arrive, one after the other. */
typedef struct nernst_spikes {
  uint32_t count;
  uint32_t const* element;    /* at which each arrives */
  uint32_t const* connection; /* by which it comes; NULL: spike k by connection k */
  double* const* variables;   /* the array of each variable of connections, by its number */
} nernst_spikes;

/* A mechanism. Functions that it does not need are NULL: those without currents, without ions,
 * without NET_RECEIVE. A step, as NEURON and Nernst make it: `begin_step` at time; set the totals
 * of the compartments to 0; `currents` of all mechanisms at time + dt/2, and `ion_currents`; solve
 * for the voltages; `advance` at time. */
typedef struct nernst_mechanism {
  uint32_t version; /* NERNST_MECHANISM_VERSION; all that follows depends on it */
  char const* name;
  nernst_placement placement;
  uint32_t properties;

  uint32_t variable_count;
  nernst_variable const* variables;
  uint32_t connection_variable_count;
  nernst_variable const* connection_variables;
  uint32_t ion_count;
  nernst_ion const* ions;
  uint32_t work_size;
  int32_t voltage, current, conductance; /* the numbers of "v", "_current", "_conductance", or -1 */

  /* Computes what stays the same during a run, into `work` and the coefficients. To be called
   * before the others, and again when dt, a shared variable or a parameter has changed. */
  nernst_status (*prepare)(nernst_elements const*);
  /* What states begin with, at the voltages of the compartments. Concentrations that the
   * mechanism owns are written, too. */
  nernst_status (*initialise)(nernst_elements const*);
  /* Keeps what stays as it is over a step: what linked variables are at its start. */
  nernst_status (*begin_step)(nernst_elements const*);
  /* Adds the current out of each compartment to "_current" and its derivative by the voltage to
   * "_conductance": in A/m^2 and S/m^2 of a density mechanism, in A and S of one at places. */
  nernst_status (*currents)(nernst_elements const*);
  /* Adds what an ion carries of that to its "current" and "conductance", in A/m^2 and S/m^2. */
  nernst_status (*ion_currents)(nernst_elements const*, uint32_t ion);
  /* The states at time + dt, by the voltages that are there, and then what `write_ions` does. */
  nernst_status (*advance)(nernst_elements const*);
  /* Writes the concentrations that the mechanism owns, by its present states. */
  nernst_status (*write_ions)(nernst_elements const*);
  /* What spikes do that arrive at the end of the step from `time` on, behind `advance`. */
  nernst_status (*on_spike)(nernst_elements const*, nernst_spikes const*);
  /* What was wrong in the last call of this thread that did not return NERNST_OK. */
  char const* (*message)(void);
} nernst_mechanism;

/* The function of a library that has the mechanism `name`: `NERNST_MECHANISM(hh);` declares
 * `nernst_mechanism const* nernst_mechanism_hh(void)`. */
#define NERNST_MECHANISM(name) nernst_mechanism const* nernst_mechanism_##name(void)

#ifdef __cplusplus
}
#endif

#endif
