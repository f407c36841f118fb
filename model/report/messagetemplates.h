#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QTranslator>

#include <optional>
#include <shared_mutex>
#include <unordered_set>

namespace eventloupe {

/// Gives messages back without what was put into them: "/home/ada/x.db: no table looks like events"
/// becomes "%1: no table looks like events". It gives out texts of the program itself alone, never
/// a part of a message, so that nothing of a log, a path or a password can be in what it gives.
///
/// It knows each text that tr() was asked for since it was installed: a message is made of those.
/// Any thread.
class MessageTemplates final : public QTranslator {
    Q_OBJECT

public:
    /// The one of this process, installed at its first call: after the application was made, and
    /// before the messages that matter.
    static MessageTemplates& instance();

    /// The text that the message was made from; "%1: no such table" where a placeholder's content
    /// is a message of its own, that one's too. Nothing where no text fits.
    [[nodiscard]] std::optional<QString> templateOf(const QString& message) const;
    /// The same; where no text fits, how long the message is.
    [[nodiscard]] QString placeholdersFor(const QString& message) const;

    /// Takes note of the text, and translates nothing.
    [[nodiscard]] QString translate(const char* context, const char* sourceText,
        const char* disambiguation = nullptr, int n = -1) const override;

private:
    MessageTemplates() = default;

    /// What stands between placeholders, and those.
    struct Template {
        QString text;
        QStringList pieces; ///< One more than there are placeholders.
        QStringList placeholders;
        qsizetype letters = 0; ///< Of the pieces.
    };
    static Template parsed(const QString& text);
    static std::optional<QStringList> contentsOf(const Template& form, const QString& message);
    [[nodiscard]] std::optional<QString> find(
        const QString& message, qsizetype leastLetters, int depth) const;

    mutable std::shared_mutex m_lock;
    mutable std::unordered_set<const char*> m_seen;
    mutable QList<Template> m_templates; ///< In no order.
};

} // namespace eventloupe
