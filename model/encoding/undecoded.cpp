#include "encoding/undecoded.h"

#include <algorithm>

namespace eventloupe {

namespace {

constexpr QByteArrayView bytesBegin = "{\"$bytes\":\"";
constexpr QByteArrayView textBegin = "{\"$text\":\"";
/// In a text before it this cannot stand: its quotes are escaped there.
constexpr QByteArrayView kindMember = "\",\"kind\":\"";
constexpr QByteArrayView sizeMember = "\",\"size\":";
/// A kind is short: what stands further from the end is no part of it.
constexpr qsizetype farthestKind = 300;

} // namespace

std::optional<Undecoded> undecodedIn(const QByteArray& payload)
{
    const QByteArrayView all(payload);
    const bool isText = all.startsWith(textBegin);
    if (!isText && !all.startsWith(bytesBegin))
        return std::nullopt;
    const auto begin = isText ? textBegin.size() : bytesBegin.size();
    const auto tailAt = std::max(begin, all.size() - farthestKind);
    const auto found = all.sliced(tailAt).lastIndexOf(kindMember);
    if (found < 0)
        return std::nullopt;
    const auto end = tailAt + found;
    const auto kindAt = end + kindMember.size();
    const auto kindEnd = all.indexOf('"', kindAt);
    if (kindEnd <= kindAt)
        return std::nullopt;
    Undecoded undecoded { all.sliced(begin, end - begin), isText,
        QString::fromUtf8(all.sliced(kindAt, kindEnd - kindAt)) };
    const auto rest = all.sliced(kindEnd);
    if (rest.startsWith(sizeMember))
        undecoded.size = rest.sliced(sizeMember.size()).chopped(1).trimmed().toLongLong();
    return undecoded;
}

} // namespace eventloupe
