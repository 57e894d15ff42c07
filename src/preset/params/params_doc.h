/* The table of parameters as text, for people and programs; all made from params.def. */
#ifndef STILLAIR_PRESET_PARAMS_PARAMS_DOC_H
#define STILLAIR_PRESET_PARAMS_PARAMS_DOC_H

/* Each returns a string to be freed by the caller, or NULL when memory ran out. */

/* Aligned columns, a block per section: key, default, range, help. */
char *params_doc_text(void);

/* presets/README.md: how a preset is written, and a table per section. */
char *params_doc_markdown(void);

/* One object: {"sections": [{"name", "help", "parameters": [{"key", "type", "default", "min",
 * "max", "unit", "si_factor", "scale", "choices", "help"}]}]}. Numbers are in the row's unit; times
 * si_factor they are SI. Colours ("#rrggbb") and choices have a string as default and no range. */
char *params_doc_json(void);

#endif
