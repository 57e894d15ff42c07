# The front door. CMake does the building; this says how the project is used.
#
#   make            build (Release, in build/)
#   make deps       install what packages.txt lists and is missing (Debian, Ubuntu)
#   make still      from nothing to a picture: deps, build, still.png
#   make test       deps, build, every test; in CI (CI set) warnings are errors
#   make goldens    take today's pictures as the tests' reference: look at them first
#   make thumbnails draw the small pictures of the moods anew
#   make format     lay out the C files
#   make clean      remove what was built

BUILD    := build
SANITIZE := build-sanitize
JOBS     := $(shell nproc 2>/dev/null || echo 2)
WERROR   := $(if $(CI),ON,OFF)
FUZZ_SECONDS := $(if $(CI),10,5)

C_FILES = $(shell find src tests -name '*.[ch]' -o -name '*.cpp' -o -name '*.hpp')
# The jobs are CMake's: without this, `make -jN` and `cmake -jN` quarrel.
CMAKE_BUILD = MAKEFLAGS=--no-print-directory cmake --build

.NOTPARALLEL:
.PHONY: all deps still test goldens thumbnails format clean

all:
	@cmake --log-level=WARNING -S . -B $(BUILD) -D STILLAIR_WERROR=$(WERROR)
	@$(CMAKE_BUILD) $(BUILD) -j $(JOBS)

deps:
	@sh scripts/install-packages.sh packages.txt

still: deps all
	$(BUILD)/stillair render haven-morning -o still.png
	@echo "The picture is $(CURDIR)/still.png"

# The tests draw in software, so that every machine draws the same. Those that need no OpenGL run under
# the sanitizers, and only there. One test more than there are processors: some wait for windows and farms.
test: export LIBGL_ALWAYS_SOFTWARE = 1
test: deps all
	@echo $(C_FILES) | xargs -P $(JOBS) -n 64 clang-format --dry-run -Werror
	@cmake --log-level=WARNING -S . -B $(SANITIZE) -D CMAKE_C_COMPILER=clang \
	    -D CMAKE_BUILD_TYPE=RelWithDebInfo -D STILLAIR_GL=OFF -D STILLAIR_SANITIZE=ON \
	    -D STILLAIR_FUZZ=ON -D STILLAIR_WERROR=$(WERROR)
	@$(CMAKE_BUILD) $(SANITIZE) -j $(JOBS)
	ctest --test-dir $(SANITIZE) --output-on-failure -j $(JOBS) -LE gl
	@mkdir -p $(SANITIZE)/corpus $(SANITIZE)/pictures $(SANITIZE)/picture-seeds
	$(SANITIZE)/tests/fuzz_picture_seeds $(SANITIZE)/picture-seeds
	@printf '%s\n' \
	    "fuzz_preset -max_len=8192 $(SANITIZE)/corpus tests/preset/fuzz-seeds" \
	    "fuzz_picture -max_len=8192 $(SANITIZE)/pictures $(SANITIZE)/picture-seeds" | \
	    xargs -P $(JOBS) -I WORDS sh -c '$(SANITIZE)/tests/WORDS -max_total_time=$(FUZZ_SECONDS) \
	        -timeout=5 -print_final_stats=0 -verbosity=0 -artifact_prefix=$(SANITIZE)/'
	ctest --test-dir $(BUILD) --output-on-failure -j $$(($(JOBS) + 1)) -LE twin; code=$$?; \
	    echo "The dearest tests, in seconds:"; \
	    sed '/^---/,$$d' $(BUILD)/Testing/Temporary/CTestCostData.txt | sort -k3,3 -rn | \
	    awk 'NR <= 10 { printf "%8.1f  %s\n", $$3, $$1 }'; \
	    exit $$code

goldens: export LIBGL_ALWAYS_SOFTWARE = 1
goldens: all
	@$(CMAKE_BUILD) $(BUILD) --target goldens

thumbnails: all
	@sh scripts/thumbnails.sh $(BUILD)/stillair

format:
	clang-format -i $(C_FILES)

clean:
	rm -rf $(BUILD) $(SANITIZE)
