# Holds every #include of src/ to the table of rooms, src/rooms.txt, compiles each header alone, and looks
# for circles of files in the symbols of a build's objects.
#   rooms.sh CC PROJECT BUILD
set -u
cc=$1 root=$2 build=$3
glad=$build/src/gpu/glad/include
failed=0
cd "$root/src" || exit 1

declare -A may
rooms=''
while IFS=: read -r room uses; do
    may[$room]=" $room $uses "
    # A room may only use rooms of earlier lines, so the rooms have no circle.
    for use in $uses; do
        case " $rooms " in
        *" $use "*) ;;
        *)
            echo "src/rooms.txt: '$room' uses '$use', which is not above it"
            failed=1
            ;;
        esac
    done
    rooms="$rooms $room"
done < <(grep '^[a-z]' rooms.txt)

includes=0
used=' '
while IFS=: read -r file line text; do
    room=${file%/*} header=${text#*\"}
    header=${header%%\"*}
    other=${header%/*}
    includes=$((includes + 1))
    used="$used$room>$other "
    case ${may[$room]:-} in
    '')
        echo "src/$file: the room '$room' is not in src/rooms.txt"
        failed=1
        ;;
    *" $other "*) ;;
    *)
        echo "src/$file:$line: the room '$room' must not include \"$header\""
        failed=1
        ;;
    esac
    if [ "$header" = "$other" ] || [ ! -e "$header" ]; then
        echo "src/$file:$line: \"$header\" is not \"room/file.h\""
        failed=1
    fi
done < <(grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' --include='*.c' --include='*.h' \
    --include='*.def' --include='*.cpp' --include='*.hpp' . | sed 's#^\./##')

# The table says no more than what is done.
for room in $rooms; do
    for use in ${may[$room]}; do
        case $used in
        *" $room>$use "*) ;;
        *)
            [ "$use" = "$room" ] || { echo "src/rooms.txt: '$room' does not use '$use'" && failed=1; }
            ;;
        esac
    done
done

headers=0
for header in $(find . -name '*.h' | sed 's#^\./##' | sort); do
    headers=$((headers + 1))
    if ! printf '#include "%s"\nextern int not_empty;\n' "$header" |
        "$cc" -std=c11 -D_XOPEN_SOURCE=700 -Wall -Wextra -Wpedantic -Werror -I . \
            -isystem "$glad" -fsyntax-only -x c -; then
        echo "src/$header: does not compile alone"
        failed=1
    fi
done
# An object needs those that define what it leaves undefined.
edges=$(find "$build/src" -name '*.o' ! -path '*glad*' ! -name 'embed.c.o' -exec nm -A -g {} + | awk '
    { split($1, at, ":"); n = split(at[1], name, "/") }
    $2 == "U" { needs[++count] = name[n] " " $3; next }
    $2 ~ /^[TDBRC]$/ { defines[$3] = name[n] }
    END {
        for (i = 1; i <= count; i++) {
            split(needs[i], x, " ")
            if (x[2] in defines && defines[x[2]] != x[1])
                print x[1], defines[x[2]]
        }
    }' | sort -u)
if ! loops=$(printf '%s\n' "$edges" | tsort 2>&1 >/dev/null); then
    echo "files that need each other:"
    echo "$loops"
    failed=1
fi
edge_count=$(printf '%s\n' "$edges" | wc -l)
echo "$includes includes, $headers headers, $edge_count needs among files"
[ "$includes" -gt 0 ] && [ "$headers" -gt 0 ] && [ "$edge_count" -gt 100 ] || failed=1
exit $failed
