# What cmake/embed.cmake writes holds the files' bytes, in order.
#   embed.sh CMAKE PROJECT
set -eu
cmake=$1 root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/shaders" "$work/presets"
printf 'a "quoted" \\ line\n' >"$work/presets/b.ini"
: >"$work/presets/empty.ini"
printf '\000\377\r\n;[x]' >"$work/shaders/a.glsl"
head -c 300000 /dev/zero >"$work/shaders/z.glsl"
printf 'shaders/z.glsl;presets/empty.ini;shaders/a.glsl;presets/b.ini' >"$work/list"
"$cmake" -D ROOT="$work" -D LIST="$work/list" -D OUT="$work/embed.c" -P "$root/cmake/embed.cmake"
cat >"$work/main.c" <<'C'
#include "base/resource.h"
#include <stdio.h>
#include <string.h>
int main(int argc, char **argv)
{
    if (argc == 1)
        for (size_t i = 0; i < resource_embedded_count; i++)
            printf("%s %zu\n", resource_embedded[i].name, resource_embedded[i].size);
    for (size_t i = 0; argc > 1 && i < resource_embedded_count; i++)
        if (strcmp(resource_embedded[i].name, argv[1]) == 0)
            fwrite(resource_embedded[i].bytes, 1, resource_embedded[i].size, stdout);
    return 0;
}
C
cc -std=c11 -Wall -Wextra -Wpedantic -Werror -I "$root/src" "$work/main.c" "$work/embed.c" \
    -o "$work/main"
printf 'presets/b.ini 18\npresets/empty.ini 0\nshaders/a.glsl 8\nshaders/z.glsl 300000\n' \
    >"$work/expected"
"$work/main" | diff "$work/expected" -
for name in presets/b.ini presets/empty.ini shaders/a.glsl shaders/z.glsl; do
    "$work/main" "$name" | cmp - "$work/$name"
done
# An empty list is a table too.
: >"$work/list"
"$cmake" -D ROOT="$work" -D LIST="$work/list" -D OUT="$work/embed.c" -P "$root/cmake/embed.cmake"
cc -std=c11 -Wall -Wextra -Wpedantic -Werror -I "$root/src" "$work/main.c" "$work/embed.c" \
    -o "$work/main"
[ -z "$("$work/main")" ]
