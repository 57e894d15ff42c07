/* A small JSON writer (RFC 8259): one value, indented by two spaces, straight to a stream.
 *
 * key is NULL inside arrays and for the outermost value. Strings are UTF-8; bytes that are not
 * become U+FFFD. Numbers that are not finite become null. */
#ifndef STILLAIR_BASE_JSON_H
#define STILLAIR_BASE_JSON_H

#include <stdbool.h>
#include <stdio.h>

enum { JSON_DEPTH_MAX = 16 };

struct json {
    FILE *out; /* borrowed */
    int depth;
    bool filled[JSON_DEPTH_MAX + 1]; /* this level holds something already */
};

void json_init(struct json *j, FILE *out);
void json_object_begin(struct json *j, const char *key);
void json_object_end(struct json *j); /* the outermost end writes a newline */
void json_array_begin(struct json *j, const char *key);
void json_array_end(struct json *j);
void json_string(struct json *j, const char *key, const char *text);
void json_number(struct json *j, const char *key, double value);
void json_integer(struct json *j, const char *key, long long value);
void json_bool(struct json *j, const char *key, bool value);

#endif
