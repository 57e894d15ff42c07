#!/usr/bin/env bash
# The window, with a screen and hands of its own: keys fly, sliders change the picture, undo brings
# it back, a broken preset is only a message. What the window does is read from its --trace.
. "$(dirname "$0")/../commands/cli_lib.sh"

# Without a display there is no window, and the exit code says so.
last="stillair explore (no display)" code=0
env -u DISPLAY -u WAYLAND_DISPLAY "$stillair" explore >log/out 2>log/err </dev/null || code=$?
that "no display is exit code 5" [ "$code" = 5 ]
err_has "no display for a window"
out_is_empty
run 2 explore no-such-mood
run 2 explore haven-morning the-zone
run 0 explore --help
out_has "--trace FILE"
run 2 explore --fps 0
run 2 explore --size 10x10

. "$root/tests/explore/window_lib.sh"

printf 'base = haven-morning\ntitle = Mine\n[land]\ngrid = 512\n' >mine.ini
open mine.ini --pictures stills
await 5 "the window is as large as the screen lets it" 'v["width"] == 1280 && v["height"] == 720'

# Flying.
x=$(field x_m) y=$(field y_m)
hold_until w 10 "W flies forward" "v[\"x_m\"] != $x && v[\"y_m\"] != $y && v[\"above\"] == \"datum\""
height=$(field height_m)
hold_until space 10 "Space goes up" "v[\"height_m\"] > $height + 0.5"
xdotool key g
await 20 "G walks: down to the height of a person's eyes" \
    'v["walking"] == "true" && v["above"] == "ground" && v["height_m"] < 1.75'
xdotool key g
await 5 "G flies again" 'v["walking"] == "false" && v["above"] == "datum"'
ev=$(field exposure_ev) mm=$(field focal_mm)
hold_until period 10 "a key exposes" "v[\"exposure_ev\"] > $ev + 0.1"
hold_until bracketright 10 "and one zooms" "v[\"focal_mm\"] > $mm + 1"

# Looking: a click captures the mouse, Esc lets it go.
yaw=$(field yaw_deg)
click 900 300
await 5 "a click captures the mouse" 'v["captured"] == "true"'
xdotool mousemove_relative 120 0
await 5 "the mouse looks" "v[\"yaw_deg\"] != $yaw"
xdotool key Escape
await 5 "Esc lets the mouse go" 'v["captured"] == "false"'

# A mark, and back to it.
xdotool key ctrl+1
x=$(field x_m)
hold_until s 10 "S flies back" "v[\"x_m\"] != $x"
xdotool key 1
await 5 "1 goes to the mark" "v[\"x_m\"] == $x"

# A path: keys are dropped, taken back and flown along.
xdotool key l
sleep 0.5
that "a path takes two keys to play" [ "$(field playing)" = false ]
xdotool key k
await 5 "K drops a key" 'v["keys"] == 1'
hold w 1
sleep 1.5 # it glides to rest
xdotool key k
await 5 "and another" 'v["keys"] == 2'
xdotool key k
await 5 "and a third" 'v["keys"] == 3'
xdotool key shift+k
await 5 "Shift+K takes it back" 'v["keys"] == 2'
end=$(field x_m)
hold w 0.6
xdotool key l
await 5 "L plays" 'v["playing"] == "true"'
await 5 "from its first key" "v[\"x_m\"] - $x < 1 && $x - v[\"x_m\"] < 1"
await 20 "to its last" "v[\"playing\"] == \"false\" && v[\"x_m\"] == $end"
xdotool key l
await 5 "L plays again" 'v["playing"] == "true"'
hold_until w 10 "and hands stop it" 'v["playing"] == "false"'
xdotool key 1

# The panel: a search leaves one row, whose slider changes the sun and the picture.
xdotool key F1
frames 4
click 150 93
xdotool type sun.elev
frames 6
sun=$(field sun_deg)
import -window root log/before.png
click 100 144
sleep 0.3
that "a click on a slider throws nothing" [ "$(field sun_deg)" = "$sun" ]
drag 100 144 40
await 5 "a slider that is dragged moves the sun" "v[\"sun_deg\"] > $sun + 5"
frames 3
import -window root log/after.png
that "the picture changes with it" [ "$(md5sum <log/before.png)" != "$(md5sum <log/after.png)" ]
click 900 300
xdotool key Escape
xdotool key ctrl+z
await 5 "undo brings the sun back" "v[\"sun_deg\"] == $sun"
xdotool key ctrl+shift+z
await 5 "redo takes it again" "v[\"sun_deg\"] > $sun + 5"
xdotool key ctrl+z

# The histogram: over the grade's rows, counted at times while it is shown and the picture changes.
n=$(field tones) # not 0 for sure: a search that is half typed may have shown it
sleep 1
that "nothing is counted that is not shown" [ "$(field tones)" = "$n" ]
click 150 93
xdotool keydown ctrl sleep 0.3 keydown a sleep 0.3 keyup a keyup ctrl sleep 0.3
xdotool type grade.exposure
await 5 "with the grade, tones are counted" "v[\"tones\"] > $n && v[\"median\"] > 0"
median=$(field median) ev=$(field exposure_ev)
drag 100 316 60
await 10 "more exposure, higher codes" \
    "v[\"exposure_ev\"] > $ev + 1 && v[\"median\"] > $median + 10"
click 900 300
xdotool key Escape
xdotool key ctrl+z
await 5 "and back" "v[\"exposure_ev\"] == $ev && v[\"median\"] < $median + 5"
await 60 "the picture rests" 'v["rest_samples"] == 16'
sleep 1
n=$(field tones)
xdotool mousemove 300 500
sleep 1
that "a picture that is complete is counted once" [ "$(field tones)" = "$n" ]
xdotool key F1
sleep 1
n=$(field tones)
hold s 0.6
hold w 0.6
that "without the panel nothing is counted" [ "$(field tones)" = "$n" ]
that "and at most five times a second" awk -F'"time_s": |, "width"|"tones": |, "tones_ms"' '
    $4 != n { n = $4; if (!from) from = $2; to = $2 }
    END { exit !(n > 3 && n < 5 * (to - from) + 3) }' trace

# Resizing.
xdotool windowsize "$id" 700 500
await 10 "the window is resized" 'v["width"] == 700 && v["height"] == 500'

# A file that is mended and broken while it is shown.
printf 'base = haven-morning\n[land]\ngrid = 512\n[sun]\nelevation = 20 deg\n' >mine.ini
await 10 "a changed preset is read again" 'v["sun_deg"] > 19.9 && v["sun_deg"] < 20.1'
printf 'base = haven-morning\n[sun]\nelevatoin = 30 deg\n' >mine.ini
await 10 "a broken one is told" 'v["errors"] == 1'
checks=$((checks + 1))
grep -q "mine.ini:3:" log/err || fail "the message does not say where the preset is wrong"
frame=$(field frame)
await 10 "and the window goes on, with the last good sun" \
    "v[\"frame\"] > $frame + 2 && v[\"sun_deg\"] > 19.9 && v[\"sun_deg\"] < 20.1"
printf 'base = haven-morning\n[land]\ngrid = 512\n[sun]\nelevation = 33 deg\n' >mine.ini
await 10 "a mended one is taken" 'v["errors"] == 0 && v["sun_deg"] > 32.9'

# Saving keeps the file's lines and adds what differs: the view.
xdotool key ctrl+s
for _ in $(seq 25); do
    grep -q '^\[camera' mine.ini && break
    sleep 0.2
done
that "Ctrl+S saves the view" grep -q '^\[camera.saved\]' mine.ini
that "and keeps what the file said" grep -q '^elevation = 33 deg' mine.ini
that "and the mark as a camera" grep -q '^\[camera.mark-1\]' mine.ini

that "and the path" grep -q '^\[path.recorded\]' mine.ini
that "with its keys" grep -q '^camera.x = 0 s: .*, 2 s: ' mine.ini

# The next mood.
xdotool key Tab
await 20 "Tab takes another mood" 'v["sun_deg"] < 32.8'
close_by_escape
that "nothing but the broken preset was wrong" [ "$(grep -c error: log/err)" = 1 ]

run 0 check mine.ini
run 0 render mine.ini --path recorded --frames 1 --size 96x40 --quality draft -o path.png
rm -f path.png

# A shader that is broken while it is drawn with, and mended.
mkdir data
cp -r "$root/shaders" "$root/presets" data/
open haven-morning --set land.grid=512 --data data --pictures "$work/stills" --size 960x540 --fps 15
await 5 "the window has the size that was asked for" 'v["width"] == 960 && v["height"] == 540'
echo 'void broken( {' >>data/shaders/light/compose.glsl
await 20 "a broken shader is told" 'v["errors"] == 1'
err_has "light/compose.glsl"
frame=$(field frame)
hold w 0.5
await 10 "and the last good one goes on" "v[\"frame\"] > $frame"
cp "$root/shaders/light/compose.glsl" data/shaders/light/
await 20 "a mended one is taken" 'v["errors"] == 0'

# What is not saved: Esc asks, and it outlives the window.
kept() {
    find "$XDG_STATE_HOME" -name 'unsaved-*.ini' 2>/dev/null
}
that "nothing is unsaved" [ "$(field unsaved)" = false ]
that "and nothing is kept" [ -z "$(kept)" ]
ev=$(field exposure_ev)
hold_until period 10 "exposed, and not saved" "v[\"exposure_ev\"] > $ev + 0.2 && v[\"unsaved\"] == \"true\""
xdotool key Escape
await 10 "Esc asks" 'v["question"] == 1'
xdotool key Escape
await 10 "Esc again stays" 'v["question"] == 0'
for _ in $(seq 50); do
    [ -n "$(kept)" ] && break
    sleep 0.2
done
that "it is kept" [ -n "$(kept)" ]
kill -KILL "$window"
wait "$window" 2>/dev/null
open haven-morning --set land.grid=512 --data data --pictures "$work/stills"
await 10 "the next window offers it" 'v["question"] == 2'
xdotool key Return
await 10 "Enter takes it up" \
    "v[\"question\"] == 0 && v[\"unsaved\"] == \"true\" && v[\"exposure_ev\"] > $ev + 0.1"
that "it is kept for this window alone" [ "$(kept)" = "$XDG_STATE_HOME/stillair/unsaved-$window.ini" ]

# A still, drawn in the background by the same program, and finished after the window is gone.
xdotool key F12
sleep 0.5
close_by_escape
path=$(tail -n 1 log/out)
that "what was discarded is gone" [ -z "$(kept)" ]
that "its path is told at the end" grep -q 'stillair-0001.png$' log/out
that "and the name is taken" [ -e "$path" ]
still=$(pgrep -f -- "-o $work/stills/stillair-0001.png" || true)
that "and it is being drawn" [ -n "$still" ]
[ -n "$still" ] && kill $still
err_lacks=$(grep -c "OpenGL" log/err)
that "the driver had nothing to say" [ "$err_lacks" = 0 ]

finish
