#!/bin/sh
# Draws the small picture of every shipped mood that the window's list shows, into presets/thumbnails.
#   scripts/thumbnails.sh STILLAIR
# To be run after a mood has changed: a thumbnail of other values than the mood's is not shown.
set -e
stillair=$1
presets=$(dirname "$0")/../presets
mkdir -p "$presets/thumbnails"
for mood in "$presets"/*.ini; do
    name=$(basename "$mood" .ini)
    "$stillair" render "$name" -q --size 320x180 --set grade.aspect=1.7777778 --set grade.grain=0 \
        --jpeg-quality 90 -o "$presets/thumbnails/$name.jpg"
done
