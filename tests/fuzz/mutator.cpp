#include "fuzz/mutator.h"

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

/// What parsers trip over: ends, signs, widths, lengths.
constexpr auto oddities = std::to_array<std::string_view>({ { "\0", 1 }, "\xff", "\x80",
    "\xed\xa0\x80", "\xef\xbb\xbf", "\\ud800", "\r\n", "\n", "\"", "\\", "{", "}", "[", "]", ":",
    ",", ";", "-", "#", "$ref", "null", "-0", "1e999", "18446744073709551616",
    "9223372036854775807", "0.1", "\x7f\xff\xff\xff", "\xff\xff\xff\xff", { "\0\0\0\0", 4 } });

} // namespace

Mutator::Mutator(QByteArrayList inputs, quint32 seed)
    : m_inputs(std::move(inputs))
    , m_random(seed)
{
}

QByteArray Mutator::next()
{
    QByteArray bytes = pick();
    for (int changes = 1 + below(4); changes > 0; --changes)
        change(bytes);
    return bytes;
}

int Mutator::below(qsizetype bound)
{
    return bound < 1 ? 0 : static_cast<int>(m_random() % static_cast<quint32>(bound));
}

const QByteArray& Mutator::pick()
{
    return m_inputs.at(below(m_inputs.size()));
}

void Mutator::change(QByteArray& bytes)
{
    const int at = below(bytes.size());
    switch (below(8)) {
    case 0:
        bytes.insert(at, static_cast<char>(below(256)));
        break;
    case 1:
        bytes.remove(at, 1 + below(9));
        break;
    case 2:
        bytes.insert(at, bytes.mid(at, 1 + below(32)));
        break;
    case 3: {
        const QByteArray& other = pick();
        bytes.insert(at, other.mid(below(other.size()), 1 + below(64)));
        break;
    }
    case 4: {
        const auto odd = oddities.at(static_cast<std::size_t>(below(oddities.size())));
        bytes.insert(at, odd.data(), static_cast<qsizetype>(odd.size()));
        break;
    }
    case 5:
        bytes.truncate(at);
        break;
    case 6:
        if (!bytes.isEmpty())
            bytes[at] = static_cast<char>(below(256));
        break;
    default:
        if (!bytes.isEmpty())
            bytes[at] = static_cast<char>(bytes.at(at) ^ (1 << below(8)));
    }
}

} // namespace eventloupe
