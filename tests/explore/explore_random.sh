#!/usr/bin/env bash
# Random hands: keys, mouse and wheel anywhere, for a while (third argument, seconds; 20). The window
# neither stops nor grows. With a program built under the sanitizers they speak up too.
. "$(dirname "$0")/../commands/cli_lib.sh"
. "$root/tests/explore/window_lib.sh"

seconds=${3:-20}
# The same hands every time. No Esc, which quits, and no F12, whose stills would be the load.
RANDOM=${4:-7}
keys=(w a s d q e g space Tab F1 F2 F3 F5 p t 1 2 3 bracketleft bracketright comma period
      ctrl+1 ctrl+z ctrl+shift+z Return Up Down h 5 0 minus)
rss() { awk '/VmRSS/ { print $2 }' "/proc/$window/status"; }

one() {
    local key=${keys[RANDOM % ${#keys[@]}]}
    case $((RANDOM % 6)) in
    0 | 1) xdotool key "$key" ;;
    2) xdotool keydown w sleep 0.2 keyup w ;;
    3) xdotool mousemove $((RANDOM % 1280)) $((RANDOM % 720)) click 1 ;;
    4) xdotool mousemove_relative -- $((RANDOM % 200 - 100)) $((RANDOM % 100 - 50)) \
        click $((4 + RANDOM % 2)) ;;
    5) xdotool mousemove $((RANDOM % 400)) $((RANDOM % 720)) mousedown 1 mousemove_relative 40 0 \
        mouseup 1 ;;
    esac
}
# use SECONDS: random input for so long.
use() {
    local end=$((SECONDS + $1))
    while [ $SECONDS -lt $end ] && kill -0 "$window" 2>/dev/null; do
        one
        sleep 0.05
    done
}

printf 'base = haven-morning\ntitle = Mine\n[land]\ngrid = 512\n' >mine.ini
open mine.ini --pictures stills
use $((seconds / 2))
that "the window is still there" kill -0 "$window"
before=$(rss)
use $((seconds - seconds / 2))
that "and at the end" kill -0 "$window"
after=$(rss)
frame=$(field frame)
await 60 "it goes on drawing" "v[\"frame\"] > ${frame:-0}"
echo "resident: $before KiB in the middle, $after KiB at the end"
# Moods and lands differ by some tens of MiB; what leaks every frame would be hundreds.
that "it does not grow" [ "$after" -lt $((before + before / 4 + 100000)) ]
close_by_escape
[ "$code" = 0 ] || tail -n 60 log/err
that "the driver and the sanitizers had nothing to say" \
    [ "$(grep -cE 'OpenGL error|Sanitizer|runtime error' log/err)" = 0 ]
finish
