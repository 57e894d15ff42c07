#!/usr/bin/env bash
# The panel of the window, its moods, and hands that are quicker than its frames. Read from --trace.
. "$(dirname "$0")/../commands/cli_lib.sh"
. "$root/tests/explore/window_lib.sh"

own=$XDG_CONFIG_HOME/stillair/presets

open haven-morning --set land.grid=512 --pictures stills
# What is said while it loads, and a bar that moves.
loading() { sed -n "s/{\"loading\": \"$1\", \"done\": \([^}]*\)}/\1/p" trace; }
that "it says that it reads shaders" [ -n "$(loading 'reading shaders')" ]
that "and that it compiles them, with a bar that moves" \
    [ "$(loading 'compiling shaders' | sort -u | wc -l)" -ge 3 ]
that "a hint is shown" [ "$(field hint)" = true ]
that "the picture takes the whole window" [ "$(field picture_width)" = 1280 ]

# Quick hands: a press and its release within one frame both count.
x=$(field x_m)
xdotool key w
await 10 "a tap of W moves" "v[\"x_m\"] != $x"
await 20 "the first hint goes" 'v["hint"] == "false"'
xdotool key h
await 5 "H calls it back" 'v["hint"] == "true"'

# Looking without capture.
yaw=$(field yaw_deg)
xdotool mousemove 800 300
frames 3
xdotool mousedown 3 mousemove 850 300 mouseup 3
await 5 "a drag of the right button looks" "v[\"yaw_deg\"] != $yaw"
that "and captures nothing" [ "$(field captured)" = false ]
yaw=$(field yaw_deg)
xdotool mousemove 700 300
frames 3
that "let go, the mouse looks no more" [ "$(field yaw_deg)" = "$yaw" ]
click 800 320
await 5 "a click captures the mouse" 'v["captured"] == "true"'
xdotool click 1
await 5 "and the next lets it go" 'v["captured"] == "false"'

# Values are read out while they change.
xdotool keydown bracketright
await 5 "the focal length is read out" 'v["readout"] ~ /mm/'
xdotool keyup bracketright
await 10 "for a while" 'v["readout"] == ""'

# The panel stands beside the picture, is narrowed and hidden.
xdotool key F1
await 5 "the picture stands beside the panel" 'v["left"] > 250 && v["picture_width"] == 1280 - v["left"]'
left=$(field left)
drag $((left - 2)) 400 -60
await 5 "its edge narrows it" "v[\"left\"] < $left - 40 && v[\"picture_width\"] == 1280 - v[\"left\"]"
drag $(($(field left) - 2)) 400 60
xdotool key F1
await 5 "hidden, it leaves its place" 'v["left"] == 0 && v["picture_width"] == 1280'
xdotool key F1
await 5 "and comes back" 'v["left"] > 250'

# A slider: relative, fine with Shift, typed into. The sun's elevation is the first row.
click 100 144
sun=$(field sun_deg)
that "a click throws nothing" [ "$sun" = 9.000 ]
sleep 0.5 # or it would be a double click
drag 100 144 40
await 5 "a drag moves it" 'v["sun_deg"] > 20'
moved=$(field sun_deg)
sleep 0.5
xdotool keydown shift
drag 100 144 40
xdotool keyup shift
await 5 "with Shift less" "v[\"sun_deg\"] > $moved + 0.5 && v[\"sun_deg\"] - $moved < ($moved - $sun) / 4"
type_into() {
    xdotool mousemove "$1" "$2"
    frames 3
    xdotool click --repeat 2 --delay 20 1
    frames 4
    xdotool key ctrl+a
    xdotool type --delay 30 "$3"
    frames 2
    xdotool key Return
}
type_into 100 144 "12.5°"
await 5 "a double click types" 'v["sun_deg"] == 12.5'
xdotool mousemove 900 600 key ctrl+z
await 5 "undo takes one step" "v[\"sun_deg\"] != 12.5 && v[\"sun_deg\"] > $sun"
xdotool key ctrl+z ctrl+z
await 5 "and the others" "v[\"sun_deg\"] == $sun"

# Moods: thumbnails are there at once, own ones are named, renamed, deleted and brought back.
click 105 66
await 5 "every shipped mood has its thumbnail" 'v["thumbnails"] == v["moods"] && v["moods"] >= 9'
that "and none had to be drawn" [ -z "$(find "$XDG_CACHE_HOME" -path '*thumbnails*' 2>/dev/null)" ]
moods=$(field moods)
click 100 694
xdotool type --delay 30 "My grey/day"
frames 2
xdotool key Return
await 5 "a name that no file can have is told" 'v["errors"] == 1'
click 100 694
xdotool key ctrl+a
xdotool type --delay 30 "My grey day"
frames 2
xdotool key Return
await 5 "a good one is taken, and the fault goes" "v[\"errors\"] == 0 && v[\"moods\"] == $moods + 1"
that "blanks became hyphens" [ -e "$own/My-grey-day.ini" ]
that "and stay in the title" grep -qx 'title = My grey day' "$own/My-grey-day.ini"
# What its dots open, at the right of the last entry.
dots() {
    frames 5
    click 284 506
    frames 5
}
dots
click 387 526
xdotool key ctrl+a
xdotool type --delay 30 "Blue hour"
frames 2
xdotool key Return
await_that 5 "an own mood is renamed" [ -e "$own/Blue-hour.ini" ]
await_that 5 "the old file is gone" [ ! -e "$own/My-grey-day.ini" ]
that "its title is the new name" grep -qx 'title = Blue hour' "$own/Blue-hour.ini"
dots
click 325 552
await 5 "it is deleted" "v[\"moods\"] == $moods"
that "its file is gone" [ ! -e "$own/Blue-hour.ini" ]
xdotool mousemove 900 600 key ctrl+z
await 5 "and undo brings it back" "v[\"moods\"] == $moods + 1"
that "with its file" grep -qx 'title = Blue hour' "$own/Blue-hour.ini"

# Another mood brings its own land and view, as its thumbnail shows it.
x=$(field x_m)
click 60 240
await 20 "a click takes a mood with its view" "v[\"x_m\"] != $x"
xdotool mousemove 900 600 key ctrl+z
await 20 "undo brings the view back, too" "v[\"x_m\"] == $x"

# A file that is dropped on the window.
printf 'base = the-zone\n[land]\ngrid = 512\n[sun]\nelevation = 51 deg\n' >dropped.ini
if [ -n "${STILLAIR_TEST_DROP:-}" ]; then
    "$STILLAIR_TEST_DROP" "$id" "$work/dropped.ini"
    await 20 "a file that is dropped is taken" 'v["sun_deg"] > 50.9 && v["sun_deg"] < 51.1'
    printf 'sun\n' >nonsense.ini
    "$STILLAIR_TEST_DROP" "$id" "$work/nonsense.ini"
    await 10 "what is no preset is told" 'v["errors"] == 1'
    "$STILLAIR_TEST_DROP" "$id" "$work/dropped.ini"
    await 10 "and a good file takes that away" 'v["errors"] == 0'
fi

# At rest the times of what moved last stay.
await 60 "the picture rests" 'v["rest_samples"] > 15.9'
that "and the last times stay" awk "BEGIN { exit !($(field passes_ms) > 1) }"
close_by_escape
finish
