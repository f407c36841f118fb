#pragma once

#include "value/result.h"
#include "value/terminaltext.h"

#include <QByteArray>
#include <QFile>
#include <QString>

#include <memory>

namespace eventloupe {

/// Where an export goes: a file that is replaced in one step by commit(), mode 0600, or standard
/// output ("-" or empty) or a device or pipe, which are written straight, and a terminal as
/// TerminalText. Without a commit() a file stays as it was. On one thread.
class OutputFile {
public:
    /// Refuses to write where a store is or what belongs to it, or over any other database: it
    /// would be replaced, and what is in it is not made again by another export. `store` is the
    /// location of the one that is open. Ask before open(). InvalidArgument or AlreadyExists.
    static Result<void> check(const QString& file, const QString& store);
    static Result<std::unique_ptr<OutputFile>> open(const QString& file);
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    /// DiskFull or InputOutput, which name the file and the reason.
    Result<void> write(const QByteArray& bytes);
    /// Makes what was written durable and puts it in the file's place.
    Result<void> commit();
    [[nodiscard]] qint64 written() const { return m_written; }

private:
    explicit OutputFile(QString target);
    Result<void> openTemporary();
    Result<void> writeThrough(const QByteArray& bytes);
    void startWriteback();
    [[nodiscard]] Error failure(int code) const;

    QString m_target; ///< Empty: standard output.
    QString m_temporary; ///< Empty: written straight.
    QFile m_file;
    TerminalText m_shown;
    bool m_isShown = false; ///< It is a terminal.
    qint64 m_written = 0;
    qint64 m_handedOn = 0; ///< How much of it the system was told to write.
    bool m_committed = false;
};

} // namespace eventloupe
