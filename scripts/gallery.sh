#!/bin/sh
# The pictures of the README: every mood through its first camera, and one more. They carry what made
# them: `stillair verify docs/*.jpg` draws them again (but for map, posts and window, which say
# nothing of themselves).
#
#   scripts/gallery.sh build/stillair docs
set -eu
stillair=$1 folder=$2

picture() { # NAME PRESET [OPTION...]
    name=$1 preset=$2
    shift 2
    "$stillair" render "$preset" "$@" --quality final --size 1200 --jpeg-quality 90 -q \
        -o "$folder/$name.jpg"
}

for mood in haven-morning sunburnt-dusk the-zone smoke-noon red-dawn ash-road drowned-skyline \
    pea-souper i-can-breathe; do
    picture "$mood" "$mood"
done
picture haven-morning-terrace haven-morning --camera terrace
picture haven-morning-orchard haven-morning --camera orchard
picture the-zone-orchard the-zone --camera orchard
picture sunburnt-dusk-islands sunburnt-dusk --camera islands
