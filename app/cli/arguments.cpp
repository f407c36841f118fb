#include "app/cli/arguments.h"

#include "app/cli/terminal.h"
#include "domain/nearname.h"

#include <algorithm>

namespace eventloupe::cli {

namespace {

bool looksLikeOption(const QString& word)
{
    return word.size() > 1 && word.startsWith(u'-') && !word.at(1).isDigit() && word.at(1) != u'.'
        && word.at(1) != u'(' && word.at(1) != u' ';
}

/// A number, or numbers as in "3-7,9".
bool isNumber(const QString& word)
{
    return std::all_of(word.begin(), word.end(),
        [](QChar each) { return each.isDigit() || each == u'-' || each == u','; });
}

const Option* findOption(const QList<Option>& options, const QString& word)
{
    for (const auto& option : options) {
        const bool isLong = word == QStringLiteral("--") + option.name;
        const bool isShort = !option.letter.isNull() && word == QStringLiteral("-") + option.letter;
        if (isLong || isShort)
            return &option;
    }
    return nullptr;
}

QStringList namesOf(const QList<Option>& options)
{
    QStringList names;
    for (const auto& option : options)
        names.append(QStringLiteral("--") + option.name);
    return names;
}

Error misuse(const QString& reason)
{
    return { ErrorCode::InvalidArgument, reason };
}

} // namespace

Result<Arguments> Arguments::parse(
    const QStringList& words, const QList<Option>& options, bool handsOn)
{
    Arguments arguments;
    bool optionsEnded = false;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const auto& word = words.at(i);
        if (!optionsEnded && word == u"--") {
            optionsEnded = true;
            continue;
        }
        if (optionsEnded || !looksLikeOption(word)) {
            if (handsOn && !arguments.m_words.isEmpty() && !isNumber(word)) {
                arguments.m_rest = words.mid(i);
                break;
            }
            arguments.m_words.append(word);
            continue;
        }
        const auto equals = word.startsWith(u"--") ? word.indexOf(u'=') : -1;
        const auto* option = findOption(options, word.left(equals));
        if (option == nullptr)
            return misuse(tr("there is no option %1").arg(word.left(equals))
                + didYouMean(word.left(equals), namesOf(options)));
        const bool takesValue = !option->value.isEmpty();
        if (!takesValue && equals >= 0)
            return misuse(tr("option --%1 takes no value").arg(option->name));
        if (takesValue && equals < 0 && i + 1 == words.size())
            return misuse(tr("option --%1 needs a value").arg(option->name));
        if (arguments.has(option->name) && !option->repeats)
            return misuse(tr("option --%1 is given twice").arg(option->name));
        const QString given = !takesValue ? QString()
            : equals >= 0                 ? word.mid(equals + 1)
                                          : words.at(++i);
        arguments.m_values.insert(option->name, given);
        arguments.m_all[option->name].append(given);
    }
    return arguments;
}

Result<std::optional<qint64>> Arguments::number(const QString& option, qint64 least) const
{
    if (!has(option))
        return std::optional<qint64>();
    bool isNumber = false;
    const auto number = value(option).toLongLong(&isNumber);
    if (!isNumber || number < least)
        return misuse(tr("--%1 is a whole number from %2 on, not '%3'")
                          .arg(option)
                          .arg(least)
                          .arg(value(option)));
    return std::optional(number);
}

} // namespace eventloupe::cli
