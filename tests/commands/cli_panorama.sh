# Pictures that are not one rectangle seen through one lens: cubes, stereo pairs, regions.
. "$(dirname "$0")/cli_lib.sh"

# worst A B [CROP]: the largest difference of two pictures, in 255ths.
worst() {
    compare -metric PAE "$1" "$2" null: 2>&1 | sed 's/.*(\(.*\))/\1/' |
        awk '{ printf "%.0f\n", $1 * 255 }'
}
# parted A B: how many pixels are more than 60 of 255 steps apart.
parted() { compare -fuzz 23.5% -metric AE "$1" "$2" null: 2>&1; }
at_most() { [ "$1" -le "$2" ]; }
crop() { convert "$1" -crop "$2" +repage "$3"; }

# ---- mistakes ----
run 2 render --projection cube
err_has "--projection wants perspective, equirect, cubemap or stereo, not 'cube'"
run 2 render --projection cubemap --size 600x128
err_has "--projection cubemap is of 6:1: give a --size such as 3072x512, not 600x128"
run 2 render --projection stereo --size 201x40
err_has "even width"
for region in 0,0 0,0,16 0,0,15x16 0,0,400x16 -1,0,16x16 0,0,16x16x 0.5,0,0.6x1 nan,0,16x16; do
    run 2 render --size 320x134 --region=$region
    err_has "--region wants X,Y,WxH inside 320x134"
done
run 2 render --region 0,0,32x32 --projection equirect
run 2 render --region 0,0,32x32 --tile-size 64

# ---- regions: the same pixels as in the whole picture ----
common="haven-morning --samples 2 -q"
draw_first render $common --size 128x54 -o whole.png
run 0 render $common --size 128x54 --region 41,13,52x23 -o region.png
crop whole.png 52x23+41+13 cut.png
that "a region is a part of the whole" at_most "$(worst region.png cut.png)" 1
run 0 render $common --size 128x54 --region 0.5,0.5,0.5x0.5 -o corner.png --json
that "and has a print of its own" print_is corner.png 64x27+0+0
crop whole.png 64x27+64+27 cut.png
that "so is a corner" at_most "$(worst corner.png cut.png)" 1
run 0 render $common --size 128x80 --set grade.aspect=2 --region 0.25,0,0.25x1 -o bars.png
that "there are no bars in a region" [ "$(identify -format %wx%h bars.png)" = 32x64 ]
run 0 render $common --size 128x54 --region 41,13,52x23 -o region.exr --aov radiance,distance
run 0 verify region.png corner.png -q
out_has "identical"

# ---- stereo ----
run 0 render $common --projection stereo --size 128x54 --json -o pair.png
that "a pair's print is of both, inside the bars" print_is pair.png 64x27+0+14 64x27+64+14
crop pair.png 64x54+0+0 left.png
crop pair.png 64x54+64+0 right.png
that "two eyes see two pictures" [ "$(worst left.png right.png)" -gt 4 ]
run 0 render $common --projection stereo --size 128x54 --set 'camera.eyes=0 m' -o pair.png
crop pair.png 64x54+0+0 left.png
crop pair.png 64x54+64+0 right.png
that "and one eye one" [ "$(worst left.png right.png)" = 0 ]
run 0 render $common --projection stereo --size 120x24 --set 'camera.eyes=80 m' --json -o pair.png
that "whose bars may stand at the sides" print_is pair.png 57x24+1+0 57x24+61+0
run 0 render $common --projection stereo --size 128 -o pair.png
that "a width alone is of two pictures without bars" [ "$(size pair.png)" = 128x26 ]
that "none" has_no_bars pair.png
run 0 render $common --projection stereo --size 128 --bars -o pair.png
that "--bars is 16:9 for each eye" [ "$(size pair.png) $(light pair.png 128x4+0+0)" = "128x36 0" ]
run 0 render $common --projection stereo --size 128x64 --clean -o pair.png
that "--clean fills them" has_no_bars pair.png
run 0 verify pair.png -q

# ---- a cube: neighbouring squares meet ----
run 0 render $common --projection cubemap --size 576 --set grade.grain=0 -o cube.png --json
that "a width alone is a row of six squares" [ "$(size cube.png)" = 576x96 ]
that "its print is of all" print_is cube.png 576x96+0+0
column() { crop cube.png 1x96+"$1"+0 "$2"; } # squares: right left up down ahead behind
row() { crop cube.png 96x1+"$1"+"$2" "$3"; }
column 479 a.png && column 0 b.png
that "ahead meets right" at_most "$(parted a.png b.png)" 6
column 384 a.png && column 191 b.png
that "left meets ahead" at_most "$(parted a.png b.png)" 6
row 384 0 a.png && row 192 95 b.png
that "ahead meets up" at_most "$(worst a.png b.png)" 12
row 384 95 a.png && row 288 0 b.png
that "ahead meets down" at_most "$(parted a.png b.png)" 6
row 384 0 a.png && row 288 95 b.png
that "and not down's other end" [ "$(worst a.png b.png)" -gt 60 ]
run 0 verify cube.png -q
run 0 render cube.png -q -o again.png
that "a cube renders itself again" cmp -s cube.png again.png

finish
