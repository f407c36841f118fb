#include "value/utf8.h"

namespace eventloupe {

int utf8Length(const char* p, const char* end)
{
    const auto byte = [&](int i) { return static_cast<unsigned char>(p[i]); };
    const auto continues = [&](int i) { return (byte(i) & 0xc0) == 0x80; };
    const auto left = end - p;
    const unsigned first = byte(0);
    if (first >= 0xc2 && first <= 0xdf) {
        return left >= 2 && continues(1) ? 2 : 0;
    }
    if (first >= 0xe0 && first <= 0xef) {
        if (left < 3 || !continues(1) || !continues(2)) {
            return 0;
        }
        const bool overlong = first == 0xe0 && byte(1) < 0xa0;
        const bool surrogate = first == 0xed && byte(1) >= 0xa0;
        return overlong || surrogate ? 0 : 3;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        if (left < 4 || !continues(1) || !continues(2) || !continues(3)) {
            return 0;
        }
        const bool overlong = first == 0xf0 && byte(1) < 0x90;
        const bool beyond = first == 0xf4 && byte(1) >= 0x90;
        return overlong || beyond ? 0 : 4;
    }
    return 0;
}

bool isUtf8(std::string_view text)
{
    const char* p = text.data();
    const char* const end = p + text.size();
    while (p != end) {
        const bool isAscii = static_cast<unsigned char>(*p) < 0x80;
        const int length = isAscii ? 1 : utf8Length(p, end);
        if (length == 0) {
            return false;
        }
        p += length;
    }
    return true;
}

} // namespace eventloupe
