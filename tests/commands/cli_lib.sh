# For the command-line tests: each script is called with the program and the project's root, works
# in a folder of its own, and ends with `finish`.
set -u
stillair=$1 root=$2
unset NO_COLOR
export TERM=dumb
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir log
export XDG_CACHE_HOME=$work/log/cache # built worlds, not in the user's home
# ctest's tests share what is built, unless a script has set own_worlds.
if [ -n "${STILLAIR_TEST_WORLDS:-}" ] && [ -z "${own_worlds:-}" ]; then
    mkdir -p "$STILLAIR_TEST_WORLDS" log/cache
    ln -s "$STILLAIR_TEST_WORLDS" log/cache/stillair
fi
export XDG_CONFIG_HOME=$work/log/config # and none of the user's own presets
failures=0 checks=0

fail() {
    failures=$((failures + 1))
    echo "FAILED: $*"
    echo "  last command: $last (exit code $code)"
    sed 's/^/  stdout: /' log/out | head -20
    sed 's/^/  stderr: /' log/err | head -20
}

# run CODE ARGUMENT...: runs stillair and expects the exit code.
run() {
    local expected=$1
    shift
    last="stillair $*"
    "$stillair" "$@" >log/out 2>log/err </dev/null
    code=$?
    checks=$((checks + 1))
    [ "$code" = "$expected" ] || fail "expected exit code $expected"
}

# draw_first ARGUMENT...: the first command of a script that needs OpenGL. Without one the script is
# skipped, but not in CI; when it fails there is nothing to go on with.
draw_first() {
    last="stillair $*" code=0
    "$stillair" "$@" >log/out 2>log/err </dev/null || code=$?
    if [ "$code" = 5 ]; then
        cat log/err
        [ -n "${CI:-}" ] && echo "FAILED: there is no OpenGL, and in CI there must be" && exit 1
        echo "SKIPPED: there is no OpenGL here, so nothing can be drawn"
        exit 77
    fi
    that "the first command works" [ "$code" = 0 ]
    [ "$code" = 0 ] || finish
}

# A line of stderr or stdout that holds the text.
err_has() {
    checks=$((checks + 1))
    grep -qF -- "$1" log/err || fail "stderr lacks: $1"
}
out_has() {
    checks=$((checks + 1))
    grep -qF -- "$1" log/out || fail "stdout lacks: $1"
}
out_is_empty() {
    checks=$((checks + 1))
    [ ! -s log/out ] || fail "stdout is not empty"
}
err_is_empty() {
    checks=$((checks + 1))
    [ ! -s log/err ] || fail "stderr is not empty"
}
out_is_json() {
    checks=$((checks + 1))
    python3 -m json.tool log/out >/dev/null || fail "stdout is no JSON"
}
# that DESCRIPTION COMMAND...: the command succeeds.
that() {
    local what=$1
    shift
    checks=$((checks + 1))
    "$@" || fail "$what"
}
# size FILE: WxH of a picture; light FILE WxH+X+Y: the brightest code there, 0 to 255.
size() { identify -format %wx%h "$1"; }
light() { convert "$1" -crop "$2" +repage -format '%[fx:round(255*maxima)]' info:; }
# has_no_bars FILE: no edge of it is black.
has_no_bars() {
    local size w h edge
    size=$(size "$1") w=${size%x*} h=${size#*x}
    for edge in "${w}x1+0+0" "${w}x1+0+$((h - 1))" "1x$h+0+0" "1x$h+$((w - 1))+0"; do
        [ "$(light "$1" "$edge")" -gt 0 ] || return 1
    done
}
# print_is FILE WxH+X+Y...: what --json said on stdout of the print is true of these parts of the file.
print_is() {
    local file=$1 part
    shift
    : >log/pixels
    for part in "$@"; do
        convert "$file" -crop "$part" +repage -depth 16 -endian MSB rgb:- >>log/pixels
    done
    python3 - <<'PY'
import json, math
codes = open("log/pixels", "rb").read()[::2]  # the upper bytes
luma = sorted((2126 * r + 7152 * g + 722 * b + 5000) // 10000 for r, g, b in zip(*[iter(codes)] * 3))
want = {name: luma[math.ceil(share * len(luma)) - 1]
        for name, share in (("p1", 0.01), ("median", 0.5), ("p99", 0.99))}
got = json.load(open("log/out"))["print"]
assert got == want, (got, want)
assert 0 <= got["p1"] < got["median"] < got["p99"] <= 255, got
PY
}
# The folder holds these files and no other (log/ aside).
holds() {
    checks=$((checks + 1))
    local found
    found=$(ls -A -I log | tr '\n' ' ')
    [ "$found" = "${*:+$* }" ] || fail "the folder holds '$found', not '$*'"
}

finish() {
    echo "$checks checks, $failures failed"
    [ "$failures" = 0 ]
    exit
}
