/* What a preset asks of its air and cannot have. */
#ifndef STILLAIR_APP_AIR_WARNING_H
#define STILLAIR_APP_AIR_WARNING_H

#include "air/report.h"
#include "base/diagnostics.h"

/* Adds a warning for every layer's visibility that the rest of the air does not let through. */
void air_warn_of_unmet(const struct air_report *r, struct diagnostics *warnings);
/* The same from the parameters: the report is only made when there is something to warn of. False
 * with ERROR_FAILED when there is no memory. */
bool air_warn_of_params(const struct params *p, struct diagnostics *warnings, struct error *err);

#endif
