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
