# Every command of the task pages in docs/ works: each ```sh block is run as it stands, in a folder
# of its page. What makes it quick, and cannot hide an error: a `stillair` first on PATH that adds
# small sizes, one sample and few drawings behind the words of the page (of an option given twice the
# last counts, and the first is still checked), and `<!-- tested with frames A-B -->` before a block.
# `<!-- not run: why -->` before a block skips it; those are listed.
. "$(dirname "$0")/cli_lib.sh"
pages=${3:-"first-still tweak-a-mood wallpapers film-clip on-a-farm into-blender-or-nuke"} # or those of the third argument

draw_first render --size 16x16 --samples 1 --quality draft -o log/first.png
mkdir log/bin log/blocks
cat >log/bin/stillair <<'WRAPPER'
#!/bin/bash
more=()
share= total=
case " $* " in
*" --projection equirect "*) size=96x48 ;;
*" --bars "*) size=96 ;;
*) size=96x40 ;;
esac
case ${1:-} in
render)
    more=(--size "$size" --quality draft --samples 1)
    [ -z "${DOCS_FRAMES:-}" ] || more+=(--frames "$DOCS_FRAMES")
    while read -r share total; do more+=(--tile-size 64); done < <(
        printf '%s\n' "$*" | sed -n 's|.* --tiles \([0-9]*\)/\([0-9]*\).*|\1 \2|p')
    ;;
match) more=(--drawings 3) ;;
esac
tiles=$(printf '%s\n' "$*" | sed -n 's|.* --tiles \([0-9]*\)/\([0-9]*\).*|\1 -lt \2|p')
"$DOCS_STILLAIR" "$@" "${more[@]}"
code=$?
echo "$1" >>"$DOCS_RAN"
# The two codes that are no failure: moods that differ, and a share that waits for a later one.
if [ "$1" = diff ] && [ $code = 1 ]; then code=0; fi
# shellcheck disable=SC2086 # three words of test
if [ $code = 3 ] && [ -n "$tiles" ] && [ $tiles ]; then code=0; fi
exit $code
WRAPPER
chmod +x log/bin/stillair
export DOCS_STILLAIR=$stillair DOCS_RAN=$work/log/ran
export PATH=$work/log/bin:$PATH

# blocks PAGE: writes log/blocks/PAGE.NN.sh, with .frames and .skip beside it where they are told.
blocks() {
    awk -v base="log/blocks/$1" '
        /^<!-- not run: .* -->$/ { skip = $0; next }
        /^<!-- tested with frames [0-9]+-[0-9]+ -->$/ { frames = $5; next }
        !inside && /^```sh$/ {
            inside = 1; name = sprintf("%s.%02d", base, ++n)
            if (skip != "") print skip >(name ".skip")
            if (frames != "") print frames >(name ".frames")
            printf "" >(name ".sh"); next
        }
        inside && /^```$/ { inside = 0; skip = frames = ""; next }
        inside { print >(name ".sh"); next }
        NF { skip = frames = "" }
        END { exit inside }' "$root/docs/$1.md"
}
for page in $pages; do
    last="the blocks of $page" code=0
    that "docs/$page.md is there, its blocks are closed" blocks "$page"
    mkdir "$page"
    : >"$DOCS_RAN"
    for block in log/blocks/"$page".*.sh; do
        name=${block%.sh}
        if [ -f "$name.skip" ]; then
            echo "not run: docs/$page.md: $(sed 's/<!-- not run: \(.*\) -->/\1/' "$name.skip")"
            continue
        fi
        DOCS_FRAMES=
        [ ! -f "$name.frames" ] || DOCS_FRAMES=$(cat "$name.frames")
        export DOCS_FRAMES
        last="docs/$page.md: $(cat "$block")"
        (cd "$page" && bash -eu -o pipefail "$work/$block") >log/out 2>log/err </dev/null
        code=$?
        that "a block of docs/$page.md works" [ "$code" = 0 ]
    done
    that "docs/$page.md ran something" [ -s "$DOCS_RAN" ]
done
# Every picture and file that a page names with -o is there.
for page in $pages; do
    for block in log/blocks/"$page".*.sh; do
        [ ! -f "${block%.sh}.skip" ] || continue
        for file in $(sed -n 's/.* -o \([A-Za-z0-9./#-]*[a-z0-9]\).*/\1/p' "$block"); do
            last="docs/$page.md: -o $file" code=0
            that "docs/$page.md leaves $file" [ -s "$page/${file//####/0001}" ]
        done
    done
done
finish
