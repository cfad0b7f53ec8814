#include "faults.hpp"

#ifdef SANITIZED
const int slowness = 4;
#else
const int slowness = 1;
#endif
