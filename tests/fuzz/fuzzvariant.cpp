// A file of its own, without Qt's headers: all of a target that its variants do not share.

extern const char* const fuzzVariant;
const char* const fuzzVariant = FUZZ_VARIANT;
