#!/bin/sh
# The pictures of the README: every mood through its first camera, and one more. They carry what made
# them: `stillair verify docs/*.jpg` draws them again (but for map, posts and window, which say
# nothing of themselves).
#
#   scripts/gallery.sh build/stillair docs
set -eu
stillair=$1 folder=$2

picture() { # NAME SIZE PRESET [OPTION...]
    name=$1 size=$2 preset=$3
    shift 3
    "$stillair" render "$preset" "$@" --quality final --size "$size" --jpeg-quality 90 -q \
        -o "$folder/$name.jpg"
}

for mood in haven-morning sunburnt-dusk the-zone red-dawn ash-road drowned-skyline i-can-breathe; do
    picture "$mood" 1200x502 "$mood"
done
picture haven-morning-shore 1200x502 haven-morning --camera shore
picture smoke-noon 1200x648 smoke-noon
picture pea-souper 1200x722 pea-souper
