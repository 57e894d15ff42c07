# Who may know whom: base <- preset, world, gpu <- render <- app; preset <- air <- render; and each header compiles alone.
#   rooms.sh CC PROJECT GLAD_INCLUDE
set -u
cc=$1 root=$2 glad=$3
failed=0

# The rooms that a room may include from.
may() {
    case $1 in
    base) echo base ;;
    preset) echo base preset ;;
    world) echo base world ;;
    gpu) echo base gpu ;;
    air) echo base preset air ;;
    render) echo base preset air world gpu render ;;
    app) echo base preset air world gpu render app ;;
    *) echo ;;
    esac
}

cd "$root/src" || exit 1
includes=0
for file in */*.c */*.h */*.def */*.cpp; do
    [ -e "$file" ] || continue
    room=${file%%/*}
    allowed=" $(may "$room") "
    if [ "$allowed" = "  " ]; then
        echo "$file: the room '$room' is not in this test's list"
        failed=1
    fi
    while IFS=: read -r line text; do
        header=${text#*\"}
        header=${header%%\"*}
        includes=$((includes + 1))
        case $allowed in
        *" ${header%%/*} "*) ;;
        *)
            echo "src/$file:$line: the room '$room' must not include \"$header\""
            failed=1
            ;;
        esac
        if [ "$header" = "${header#*/}" ] || [ ! -e "$header" ]; then
            echo "src/$file:$line: \"$header\" is not \"room/file.h\""
            failed=1
        fi
    done < <(grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' "$file")
done

headers=0
for header in */*.h; do
    headers=$((headers + 1))
    if ! printf '#include "%s"\n' "$header" |
        "$cc" -std=c11 -D_XOPEN_SOURCE=700 -Wall -Wextra -Wpedantic -Werror -I . \
            -isystem "$glad" -fsyntax-only -x c -; then
        echo "src/$header: does not compile alone"
        failed=1
    fi
done
echo "$includes includes, $headers headers"
[ "$includes" -gt 0 ] && [ "$headers" -gt 0 ] || failed=1
exit $failed
