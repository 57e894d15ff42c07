# What scripts that open the window share: a screen of its own, hands, and what --trace tells. Sourced
# after cli_lib.sh.

for tool in Xvfb xdotool import; do
    if ! command -v $tool >/dev/null; then
        echo "SKIPPED: $tool is not here, so there is no screen for the window"
        [ -n "${CI:-}" ] && echo "FAILED: in CI there must be one" && exit 1
        exit 77
    fi
done

xvfb='' window=''
leave() {
    [ -n "$window" ] && kill "$window" 2>/dev/null
    [ -n "${still:-}" ] && kill $still 2>/dev/null
    [ -n "$xvfb" ] && kill "$xvfb" 2>/dev/null
    wait
    rm -rf "$work"
}
trap leave EXIT
Xvfb -displayfd 3 -screen 0 1280x720x24 -nolisten tcp 3>log/display 2>/dev/null &
xvfb=$!
for _ in $(seq 50); do
    [ -s log/display ] && break
    sleep 0.1
done
DISPLAY=:$(cat log/display)
export DISPLAY LIBGL_ALWAYS_SOFTWARE=1 XDG_CONFIG_HOME=$work/log/config XDG_STATE_HOME=$work/log/state
unset WAYLAND_DISPLAY

# field NAME: of the last frame.
field() {
    tail -n 2 trace | head -n 1 | sed -n "s/.*\"$1\": \"\\{0,1\\}\\([^,\"}]*\\).*/\\1/p"
}
# await SECONDS WHAT EXPRESSION: until awk finds the expression true of the last frame's fields.
await() {
    local seconds=$1 what=$2 expression=$3 i
    checks=$((checks + 1))
    for ((i = 0; i < seconds * 5; i++)); do
        tail -n 2 trace 2>/dev/null | head -n 1 | tr -d '{}"' | tr ',' '\n' | awk -F': *' '
            { gsub(/ /, "", $1); v[$1] = $2 }
            END { exit !(length(v) > 5 && ('"$expression"')) }' && return 0
        kill -0 "$window" 2>/dev/null || break
        sleep 0.2
    done
    last="stillair explore" code="none yet"
    fail "$what; the last frame: $(tail -n 1 trace)"
    return 1
}
# open ARGUMENT...: starts the window and waits for its first frames.
open() {
    rm -f trace
    last="stillair explore $*" code="none yet"
    "$stillair" explore "$@" --trace trace >log/out 2>log/err </dev/null &
    window=$!
    await 180 "the window opens" 'v["frame"] >= 3' || finish
    id=$(xdotool search --name Stillair | head -n 1)
    xdotool windowfocus "$id"
    sleep 0.3
}
# await_that SECONDS WHAT COMMAND...: until the command succeeds.
await_that() {
    local seconds=$1 what=$2 i
    shift 2
    for ((i = 0; i < seconds * 5; i++)); do
        "$@" && break
        sleep 0.2
    done
    that "$what" "$@"
}
# frames COUNT: waits until so many more are drawn. A picture that rests draws none: 1.5 s at most.
frames() {
    local until=$(($(field frame) + $1)) i
    for ((i = 0; i < 30; i++)); do
        [ "$(field frame)" -ge "$until" ] && return
        sleep 0.05
    done
}
hold() {
    xdotool keydown "$1"
    sleep "$2"
    xdotool keyup "$1"
}
# hold_until KEY SECONDS WHAT EXPRESSION: keeps the key down until the expression is true, as await.
hold_until() {
    xdotool keydown "$1"
    await "$2" "$3" "$4"
    xdotool keyup "$1"
}
click() {
    xdotool mousemove "$1" "$2"
    frames 3
    xdotool click 1
    frames 3
}
# drag X Y DX: the left button's, all at once: whatever lies within one frame counts.
drag() {
    xdotool mousemove "$1" "$2" mousedown 1 mousemove $(($1 + $3)) "$2" mouseup 1
    frames 3
}
# Leaves by Esc: the panel goes first, and what is not saved is discarded.
close_by_escape() {
    code=0
    local i
    for ((i = 0; i < 40; i++)); do
        kill -0 "$window" 2>/dev/null || break
        if [ "$(field question)" = 1 ]; then xdotool key Delete; else xdotool key Escape; fi
        sleep 0.5
    done
    last="stillair explore, left by Esc"
    if kill -0 "$window" 2>/dev/null; then
        fail "Esc does not quit"
        return
    fi
    wait "$window" || code=$?
    window=''
    that "Esc quits with 0" [ "$code" = 0 ]
}
