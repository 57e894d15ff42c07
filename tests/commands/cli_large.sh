# Large pictures: tiles that outlive a killed job, and are shared; stills that are stopped.
. "$(dirname "$0")/cli_lib.sh"

# worst A B: the largest difference of two pictures, in 255ths; differing A B: how many pixels.
worst() {
    compare -metric PAE "$1" "$2" null: 2>&1 | sed 's/.*(\(.*\))/\1/' |
        awk '{ printf "%.0f\n", $1 * 255 }'
}
differing() { compare -metric AE "$1" "$2" null: 2>&1; }
# unlike A B: how many pixels are more than 3 steps of 255 apart.
unlike() { compare -fuzz 1.2% -metric AE "$1" "$2" null: 2>&1; }
at_most() { [ "$1" -le "$2" ]; }
tiles_of() { find "$1.tiles" -name 'tile-*.exr' 2>/dev/null | wc -l; }
stamps() { stat -c '%n %i %Y' "$1".tiles/tile-*.exr; }
# until_tiles FILE N: waits until so many are there, a minute at most.
until_tiles() {
    for _ in $(seq 3000); do
        [ "$(tiles_of "$1")" -ge "$2" ] && return 0
        sleep 0.02
    done
    return 1
}
tall="haven-morning --size 128x256 --set grade.aspect=0.5 --samples 2 -q"
job="$tall --tile-size 64" # 2 x 4 tiles

run 2 render --tiles 4/3
err_has "4/3"
run 2 render --tile-size 32
run 2 render --size 40000x100
err_has "from 16 to 32768"

# ---- a picture in tiles is that picture ----
# shellcheck disable=SC2086 # words
draw_first render $tall -o whole.png
run 0 render $job -o one.png
# Where a stone or a tuft ends a last bit of its place can show.
that "tiles are the whole but for three pixels" at_most "$(unlike one.png whole.png)" 3
# The print is two to three times as steep as the light: a last bit shows more often.
that "in all but three pixels in a hundred" at_most "$(differing one.png whole.png)" 983
that "no tile is left" [ ! -e one.png.tiles ]
run 0 verify one.png -q

# ---- killed, and resumed ----
"$stillair" render $job -o killed.png >/dev/null 2>&1 &
pid=$!
that "tiles come one by one" until_tiles killed.png 1
kill -9 $pid
wait $pid 2>/dev/null
that "there is no picture yet" [ ! -e killed.png ]
rm -f killed.png.tiles/.stillair-*
stamps killed.png >log/before
damaged=$(head -1 log/before | cut -d' ' -f1)
printf x | dd of="$damaged" bs=1 seek=3000 conv=notrunc 2>/dev/null
"$stillair" render $job --resume -v -o killed.png >log/out 2>log/err
code=$?
that "a damaged tile is drawn again, the others are not" \
    grep -q "drawn: 128x256, $((8 - $(wc -l <log/before) + 1)) of 8 tiles" log/err
that "the picture is the same, byte for byte" cmp -s one.png killed.png
that "the tiles are gone" [ ! -e killed.png.tiles ]
stat -c '%i %Y' killed.png >log/before
run 0 render $job --resume -o killed.png
that "and nothing is drawn twice" [ "$(stat -c '%i %Y' killed.png)" = "$(cat log/before)" ]
mkdir old.png.tiles
"$stillair" render $job --tiles 1/3 -o old.png >/dev/null 2>&1
"$stillair" render $job -v -o old.png >log/out 2>log/err
that "without --resume all is drawn" grep -q "8 of 8 tiles" log/err

# ---- shared ----
run 3 render $job --tiles 2/3 -o shared.png
err_is_empty
run 3 render $job --tiles 3/3 -o shared.png
that "six tiles wait" [ "$(tiles_of shared.png)" = 6 ]
run 3 render $job --tiles 1/3 --set 'fog.top=360 m' -o shared.png
that "tiles of another job do not count" [ ! -e shared.png ]
run 0 render $job --tiles 1/3 -o shared.png
that "shares make the same bytes" cmp -s one.png shared.png
run 0 render $job --tiles 2/3 -o shared.png
"$stillair" render $job --tiles 1/2 -o both.png >/dev/null 2>&1 &
first=$!
"$stillair" render $job --tiles 2/2 -o both.png >/dev/null 2>&1 &
wait $!
codes=$?
wait $first
codes="$codes $?"
that "of two at once one puts it together" grep -qE "^(0 3|3 0|0 0)$" <<<"$codes"
that "so do two at once" cmp -s one.png both.png

# ---- the disk is full ----
cp one.png full.png
for room in 40 55; do # KiB: not for a tile; for tiles, but not for the picture
    (
        ulimit -f $room
        exec "$stillair" render $job --depth 16 --set 'fog.top=370 m' -o full.png >log/out 2>log/err
    )
    code=$? last="with room for $room KiB"
    that "a full disk is an error" [ $code = 1 ]
    err_has "full.png"
    that "and the old picture stands" cmp -s one.png full.png
done
err_has "8 of 8 tiles are kept in full.png.tiles: the same command with --resume goes on"
run 0 render $job --depth 16 --set 'fog.top=370 m' --resume -o full.png
run 0 render $job --depth 16 --set 'fog.top=370 m' -o room.png
that "there is room again" cmp -s room.png full.png

# ---- formats ----
run 0 render haven-morning --size 101x67 --samples 2 --tile-size 64 --depth 16 -q -o deep.png --json
that "the print of 16 bits is of the upper 8" print_is deep.png 101x42+0+13
that "16 bits" [ "$(identify -format %z deep.png)" = 16 ]
run 0 render haven-morning --size 101x67 --samples 2 -q -o flat.png
# A sample of two on an outline may fall on its other side.
that "are the same picture" at_most "$(unlike deep.png flat.png)" 20
run 0 render $job --aov radiance,distance -o tiles.exr --json
that "measured light is no print" [ "$(grep -c print log/out)" = 0 ]
run 0 render $job --size 128x200 -o bars.png --json
that "the print of tiles is inside the bars" print_is bars.png 100x200+14+0
run 0 render $job --size 128x200 -o bars.jpg
run 0 verify deep.png tiles.exr bars.jpg -q
run 0 render $job -o tiles.hdr

# ---- noise ----
run 0 render haven-morning --size 128x54 --quality final --noise 20% --json -q -o noisy.png
out_has '"samples": 8'
run 0 render haven-morning --size 128x54 --quality final --samples 12 --noise 0% --json -q -o exact.png
out_has '"samples": 12'
run 2 render --noise many
err_has "--noise wants per cent"
run 0 render noisy.png -q -o again.png
that "a picture that was quiet enough renders itself again" cmp -s noisy.png again.png

# ---- stopped ----
"$stillair" render haven-morning --size 128x54 --samples 2000 -o stopped.png >log/out 2>log/err &
pid=$!
for _ in $(seq 300); do
    grep -qE "render: ([1-9]|[0-9]{2})" log/err && break # a sample or more is in it
    sleep 0.1
done
kill -INT $pid
wait $pid
code=$? last="kill -INT"
that "a stop ends with 4" [ "$code" = 4 ]
err_has "stopped: stopped.png holds"
run 0 render stopped.png -q -o again.png
that "what was drawn until then renders itself again" cmp -s stopped.png again.png
"$stillair" render $job --samples 20 -o stopped2.png >log/out 2>log/err &
pid=$!
until_tiles stopped2.png 2
kill -INT $pid
wait $pid
code=$?
that "so does one of tiles" [ "$code" = 4 ]
err_has "the same command with --resume goes on"
run 0 render $job --samples 20 --resume -o stopped2.png
run 0 render $job --samples 20 -o undisturbed.png
that "and goes on to the same bytes" cmp -s undisturbed.png stopped2.png

# ---- lens and shutter ----
run 0 render haven-morning --size 128x54 --samples 8 -q -o sharp.png
for set in 'camera.shutter=60 s' 'camera.focus=0 m --set camera.fstop=0.1' \
    'camera.shutter=1 s --set camera.turn_yaw=4'; do
    run 0 render haven-morning --size 128x54 --samples 8 -q --set "${set%% --set*}" \
        ${set#"${set%% --set*}"} -o soft.png
    that "$set shows" [ "$(worst sharp.png soft.png)" -gt 3 ]
done
run 0 render haven-morning --size 128x54 --samples 4 -q --set camera.focus=0 --set camera.fstop=0.1 \
    -o focus.png
run 0 render haven-morning --size 128x54 --samples 4 -q --set camera.focus=0 --set camera.fstop=0.1 \
    --tile-size 64 -o focus2.png
that "the focus of tiles is that of the whole" at_most "$(worst focus.png focus2.png)" 2
that "no temporary is left" [ -z "$(find . -name '.stillair-*')" ]

finish
