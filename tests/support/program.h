#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>
#include <QTemporaryDir>

namespace eventloupe {

/// JSON with apostrophes for its quotes, which moc reads better than raw strings.
inline QByteArray json(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

/// What a run of the program gave.
struct ProgramRun {
    int code = -1; ///< -1: it did not end by itself.
    QByteArray out;
    QByteArray err;
    [[nodiscard]] QList<QByteArray> lines() const;
    /// A line of the output.
    [[nodiscard]] QJsonObject object(qsizetype line = 0) const;
};

/// The built program in a folder of its own, as a script has it: without a display.
class Program {
public:
    static constexpr int patience = 120000; ///< In milliseconds; a hang is a failure.

    /// The words are parted by blanks.
    ProgramRun run(const QString& words, const QByteArray& input = {}) const;
    ProgramRun run(const QStringList& words, const QByteArray& input = {}) const;
    /// A line for bash, in which $E is the program.
    ProgramRun shell(const QString& line) const;

    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    /// Writes a file, and its folder; gives its name back.
    QString write(const QString& name, const QByteArray& text) const;
    [[nodiscard]] QByteArray read(const QString& name) const;
    /// The store s.eventlog with `count` events over seven streams, item-0 to item-6: event n is
    /// {"n":n} of item-(n % 7), ODD or EVEN, in second n % 60.
    QString makeStore(int count) const;

private:
    QTemporaryDir m_folder;
};

} // namespace eventloupe
