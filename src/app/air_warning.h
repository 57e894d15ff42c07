/* What a preset asks of its air and cannot have. */
#ifndef STILLAIR_APP_AIR_WARNING_H
#define STILLAIR_APP_AIR_WARNING_H

#include "air/report.h"
#include "base/log.h"

/* Warns of every layer's visibility that the rest of the air does not let through. */
void air_warn_of_unmet(const struct log *log, const struct air_report *r);
/* The same from the parameters: the report is only made when there is something to warn of. False
 * with ERROR_FAILED when there is no memory. */
bool air_warn_of_params(const struct log *log, const struct params *p, struct error *err);

#endif
