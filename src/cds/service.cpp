#include "magnesia/cds_hooks.hpp"
