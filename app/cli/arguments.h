#pragma once

#include "value/result.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace eventloupe::cli {

/// An option of a verb.
struct Option {
    QString name; ///< Without the dashes.
    QString value; ///< What its value is called in the help; empty: it takes none.
    QString help;
    QChar letter {}; ///< "-o" for --output, where there is one.
    bool repeats = false; ///< May be given several times.
};

/// The words after a verb, taken apart.
class Arguments {
public:
    /// Fails with a reason for a word that begins with a dash and is no option of these, and for a
    /// value that is missing. "--" ends the options; "-" and negative numbers are no options.
    /// With `handsOn`, the second plain word that is no number ends them; it and what follows is
    /// rest(), as it came.
    static Result<Arguments> parse(
        const QStringList& words, const QList<Option>& options, bool handsOn = false);

    [[nodiscard]] const QStringList& words() const { return m_words; }
    [[nodiscard]] bool has(const QString& option) const { return m_values.contains(option); }
    /// "" when it was not given.
    [[nodiscard]] QString value(const QString& option) const { return m_values.value(option); }
    /// One for each time that it was given.
    [[nodiscard]] QStringList values(const QString& option) const { return m_all.value(option); }
    [[nodiscard]] const QStringList& rest() const { return m_rest; }
    /// A whole number from `least` on; nothing when it was not given. Fails with a reason.
    [[nodiscard]] Result<std::optional<qint64>> number(const QString& option, qint64 least) const;

private:
    QStringList m_words;
    QStringList m_rest;
    QHash<QString, QString> m_values;
    QHash<QString, QStringList> m_all;
};

} // namespace eventloupe::cli
