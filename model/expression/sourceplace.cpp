#include "expression/sourceplace.h"

#include <QList>

#include <algorithm>

namespace eventloupe {

namespace {

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::string_view lineOf(std::string_view source, int line)
{
    for (; line > 1; --line) {
        source.remove_prefix(std::min(source.find('\n'), source.size() - 1) + 1);
    }
    return source.substr(0, source.find('\n'));
}

} // namespace

ExpressionFault faultAt(std::string_view source, std::size_t offset, const QString& message)
{
    const auto before = source.substr(0, offset);
    const auto lineStart = before.rfind('\n') + 1; // 0 when there is none.
    const auto column = textOf(before.substr(lineStart)).toUcs4().size() + 1;
    const auto lines = std::count(before.begin(), before.end(), '\n');
    return { static_cast<int>(lines) + 1, static_cast<int>(column), message };
}

QString ExpressionFault::toText(std::string_view source) const
{
    // A long line is cut to what stands around the fault.
    constexpr qsizetype shownBefore = 60;
    constexpr qsizetype shownInAll = 100;
    const auto place = QStringLiteral("%1:%2: ").arg(line).arg(column);
    const auto characters = textOf(lineOf(source, line)).toUcs4();
    const auto at = std::min<qsizetype>(column - 1, characters.size());
    const auto start = std::max<qsizetype>(0, at - shownBefore);
    auto shown = characters.mid(start, shownInAll);
    auto caret = characters.mid(start, at - start);
    for (auto& c : caret) {
        c = c == U'\t' ? U'\t' : U' ';
    }
    const auto toString = [](const QList<uint>& codes) {
        return QString::fromUcs4(
            reinterpret_cast<const char32_t*>(codes.constData()), codes.size());
    };
    return place + message + u'\n' + toString(shown) + u'\n' + toString(caret) + u'^';
}

} // namespace eventloupe
