// Tables that pictures of a moving eye are drawn with, as those who fill them and those who read them
// agree on them.

// The look of light: LOOK_SIZE^3 colours, evenly spaced in stops of what the exposure makes of them.
#ifndef LOOK_SIZE // moving_make.c tells
#define LOOK_SIZE 32
#endif
const float LOOK_MIN = -10.0; // log2 of the darkest colour, and
const float LOOK_MAX = 5.0;   // of the brightest

// The tile of film grain: sigmas from its darkest to its brightest.
const float GRAIN_RANGE = 8.0;
