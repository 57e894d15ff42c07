#include "base/json.h"

#include "base/decimal.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>

/* Bytes of the UTF-8 sequence at s, or 0 when it is none (RFC 3629: no surrogates, no overlong
 * forms, up to U+10FFFF). */
static size_t utf8_length(const unsigned char *s)
{
    if (s[0] < 0x80)
        return 1;
    size_t length = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    unsigned char low = 0x80, high = 0xbf; /* of the second byte */
    if (s[0] < 0xc2 || s[0] > 0xf4)
        return 0;
    if (s[0] == 0xe0)
        low = 0xa0;
    else if (s[0] == 0xed)
        high = 0x9f;
    else if (s[0] == 0xf0)
        low = 0x90;
    else if (s[0] == 0xf4)
        high = 0x8f;
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++) {
        if (s[i] < 0x80 || s[i] > 0xbf)
            return 0;
    }
    return length;
}

static void write_string(FILE *out, const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    fputc('"', out);
    while (*s) {
        size_t length = utf8_length(s);
        if (length == 0) {
            fputs("\\ufffd", out);
            length = 1;
        } else if (*s == '"' || *s == '\\') {
            fprintf(out, "\\%c", *s);
        } else if (*s == '\n') {
            fputs("\\n", out);
        } else if (*s < 0x20 || *s == 0x7f) {
            fprintf(out, "\\u%04x", *s);
        } else {
            fwrite(s, 1, length, out);
        }
        s += length;
    }
    fputc('"', out);
}

static void indent(const struct json *j)
{
    fputc('\n', j->out);
    for (int i = 0; i < j->depth; i++)
        fputs("  ", j->out);
}

/* The comma, the line and the key that go before a value. */
static void before_value(struct json *j, const char *key)
{
    if (j->filled[j->depth])
        fputc(',', j->out);
    j->filled[j->depth] = true;
    if (j->depth > 0)
        indent(j);
    if (key) {
        write_string(j->out, key);
        fputs(": ", j->out);
    }
}

static void begin(struct json *j, const char *key, char bracket)
{
    before_value(j, key);
    fputc(bracket, j->out);
    assert(j->depth < JSON_DEPTH_MAX);
    j->filled[++j->depth] = false;
}

static void end(struct json *j, char bracket)
{
    assert(j->depth > 0);
    bool filled = j->filled[j->depth--];
    if (filled)
        indent(j);
    fputc(bracket, j->out);
    if (j->depth == 0)
        fputc('\n', j->out);
}

void json_init(struct json *j, FILE *out)
{
    *j = (struct json){.out = out};
}

void json_object_begin(struct json *j, const char *key)
{
    begin(j, key, '{');
}

void json_object_end(struct json *j)
{
    end(j, '}');
}

void json_array_begin(struct json *j, const char *key)
{
    begin(j, key, '[');
}

void json_array_end(struct json *j)
{
    end(j, ']');
}

void json_string(struct json *j, const char *key, const char *text)
{
    before_value(j, key);
    write_string(j->out, text);
}

void json_number(struct json *j, const char *key, double value)
{
    before_value(j, key);
    if (!isfinite(value)) {
        fputs("null", j->out);
        return;
    }
    fputs(decimal_of(value).text, j->out);
}

void json_integer(struct json *j, const char *key, long long value)
{
    before_value(j, key);
    fprintf(j->out, "%lld", value);
}

void json_bool(struct json *j, const char *key, bool value)
{
    before_value(j, key);
    fputs(value ? "true" : "false", j->out);
}
