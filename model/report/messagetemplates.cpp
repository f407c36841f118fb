#include "report/messagetemplates.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <mutex>

#ifdef Q_OS_UNIX
#include <dlfcn.h>
#endif

namespace eventloupe {

namespace {

constexpr int deepest = 4; ///< Messages in messages.
constexpr qsizetype leastLetters = 4; ///< Of a text that says something.
/// Of one that stands for a placeholder's content, which is mostly no message at all.
constexpr qsizetype leastInnerLetters = 8;

/// Whether a text is one of the program's own: it stands in its image, not in memory of a run.
bool isConstant(const char* text)
{
#ifdef Q_OS_UNIX
    Dl_info info {};
    return ::dladdr(text, &info) != 0;
#else
    Q_UNUSED(text)
    return true;
#endif
}

} // namespace

MessageTemplates& MessageTemplates::instance()
{
    // Never destroyed: threads may translate until the process ends.
    static auto* const templates = [] {
        auto* const made = new MessageTemplates;
        QCoreApplication::installTranslator(made);
        return made;
    }();
    return *templates;
}

QString MessageTemplates::translate(const char* /*context*/, const char* sourceText,
    const char* /*disambiguation*/, int /*n*/) const
{
    {
        const std::shared_lock lock(m_lock);
        if (m_seen.contains(sourceText))
            return {};
    }
    if (!isConstant(sourceText))
        return {};
    const std::unique_lock lock(m_lock);
    if (m_seen.insert(sourceText).second)
        m_templates.append(parsed(QString::fromUtf8(sourceText)));
    return {};
}

MessageTemplates::Template MessageTemplates::parsed(const QString& text)
{
    static const QRegularExpression placeholder(QStringLiteral("%(L?[0-9]{1,2}|n)"));
    Template form;
    form.text = text;
    qsizetype from = 0;
    for (auto each = placeholder.globalMatch(text); each.hasNext();) {
        const auto match = each.next();
        form.pieces.append(text.mid(from, match.capturedStart() - from));
        form.placeholders.append(match.captured());
        from = match.capturedEnd();
    }
    form.pieces.append(text.mid(from));
    for (const QString& piece : form.pieces)
        form.letters += std::count_if(
            piece.cbegin(), piece.cend(), [](QChar character) { return character.isLetter(); });
    return form;
}

/// What stands for the placeholders; nothing where the message is not of that form. The leftmost
/// place of each piece finds a way where there is one.
std::optional<QStringList> MessageTemplates::contentsOf(
    const Template& form, const QString& message)
{
    if (form.placeholders.isEmpty())
        return form.text == message ? std::optional(QStringList()) : std::nullopt;
    const QString& first = form.pieces.constFirst();
    const QString& last = form.pieces.constLast();
    if (message.size() < first.size() + last.size() || !message.startsWith(first)
        || !message.endsWith(last))
        return std::nullopt;
    const qsizetype end = message.size() - last.size();
    QStringList contents;
    qsizetype at = first.size();
    for (qsizetype i = 1; i + 1 < form.pieces.size(); ++i) {
        const qsizetype found = message.indexOf(form.pieces[i], at);
        if (found < 0 || found + form.pieces[i].size() > end)
            return std::nullopt;
        contents.append(message.mid(at, found - at));
        at = found + form.pieces[i].size();
    }
    contents.append(message.mid(at, end - at));
    return contents;
}

std::optional<QString> MessageTemplates::find(
    const QString& message, qsizetype least, int depth) const
{
    const Template* best = nullptr; // The text that says most.
    QStringList contents;
    for (const Template& form : m_templates) {
        if (best != nullptr && form.letters <= best->letters)
            continue;
        if (const auto found = contentsOf(form, message)) {
            best = &form;
            contents = *found;
        }
    }
    if (best == nullptr)
        return std::nullopt;
    QString text;
    bool isInnerKnown = false;
    for (qsizetype i = 0; i < best->pieces.size(); ++i) {
        text += best->pieces[i];
        if (i >= best->placeholders.size())
            break;
        const auto inner
            = depth < deepest ? find(contents[i], leastInnerLetters, depth + 1) : std::nullopt;
        isInnerKnown = isInnerKnown || inner.has_value();
        text += inner.value_or(best->placeholders[i]);
    }
    return best->letters >= least || isInnerKnown ? std::optional(text) : std::nullopt;
}

std::optional<QString> MessageTemplates::templateOf(const QString& message) const
{
    const std::shared_lock lock(m_lock);
    return find(message, leastLetters, 0);
}

QString MessageTemplates::placeholdersFor(const QString& message) const
{
    return templateOf(message).value_or(
        QStringLiteral("(%1 characters)").arg(message.size()));
}

} // namespace eventloupe
