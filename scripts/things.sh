#!/bin/sh
# Draws docs/things.jpg, a sheet of every kind of thing from 3, 30 and 300 m, in neutral light:
# things.sh STILLAIR FOLDER. Needs ImageMagick and bc.
set -eu
stillair=$1 folder=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kinds=$("$stillair" params --json | python3 -c '
import json, sys
for section in json.load(sys.stdin)["sections"]:
    for row in section["parameters"]:
        if row["key"] == "thing.kind":
            print(*row["choices"][1:])')
# What the place's own pitch adds, degrees.
own=$("$stillair" places haven-morning --json | python3 -c '
import json, sys
print(next(p["pitch_deg"] for p in json.load(sys.stdin)["places"] if p["name"] == "playa"))')
# draw KIND METRES FOCAL PITCH: one tile.
draw() {
    {
        printf 'base = haven-morning\n[things]\n'
        for row in trees orchards pines shrubs boulders grass reeds walls fences; do echo "$row = 0"; done
        printf 'pylons = none\npoles = none\n[sun]\nazimuth = 300 deg\n'
        printf '[camera.one]\nplace = playa\nheight = 1.7 m\nfocal = %s mm\npitch = %s deg\n' "$3" \
            "$(echo "$4 - $own" | bc)"
        printf '[thing.watcher]\nkind = none\n[thing.walker]\nkind = none\n'
        printf '[thing.one]\nkind = %s\nplace = playa\ny = %s m\nturn = 150 deg\n' "$1" "$2"
    } >"$work/one.ini"
    "$stillair" render "$work/one.ini" --neutral --quiet --size 300x200 --clean --samples 8 \
        -o "$work/$1-$2.png" >/dev/null
}
tiles=
for kind in $kinds; do
    draw "$kind" 3 24 -14
    draw "$kind" 30 85 1
    draw "$kind" 300 300 0.5
    tiles="$tiles -label $kind:_3_m $work/$kind-3.png -label 30_m $work/$kind-30.png -label 300_m $work/$kind-300.png"
done
# shellcheck disable=SC2086 # a list
montage $tiles -tile 6x -geometry 300x200+3+3 -pointsize 13 -quality 78 "$folder/things.jpg"
