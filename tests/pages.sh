# Every link of the pages leads to a file, and every file that a page for those who change the code names
# is there.
#   pages.sh PROJECT
set -u
cd "$1" || exit 1
failed=0 links=0 names=0

while IFS=: read -r page target; do
    links=$((links + 1))
    if [ ! -e "$(dirname "$page")/$target" ]; then
        echo "$page: no file '$target'"
        failed=1
    fi
done < <(grep -roE '\]\([^)#: ]+[)#]' --include='*.md' README.md presets docs farm | sed 's/:\](/:/; s/[)#]$//')

# `render/scene.h`, `shaders/lib/air/`: of the project's root, of src/ or of shaders/.
while IFS=: read -r page name; do
    case $name in
    *boxes*) continue ;; # the example of how-to/subject.md
    esac
    names=$((names + 1))
    found=no
    for place in "$name" "src/$name" "shaders/$name" "src/$name.c" "src/$name.h"; do
        [ -e "$place" ] && found=yes
    done
    if [ $found = no ]; then
        echo "$page: no '$name' in the project"
        failed=1
    fi
done < <(grep -oHE '`[a-z_]+(/[a-z_0-9.]+)+/?`' docs/architecture.md docs/how-to/*.md | tr -d '`' | sort -u)

echo "$links links, $names names"
[ $links -gt 10 ] && [ $names -gt 10 ] || failed=1
exit $failed
