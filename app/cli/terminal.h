#pragma once

#include "value/canceltoken.h"
#include "value/progress.h"
#include "value/result.h"
#include "value/terminaltext.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

#include <memory>
#include <string_view>

namespace eventloupe::cli {

/// Exit codes of the program.
enum ExitCode { Done = 0, Failed = 1, Misused = 2 };

inline QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

/// The program's standard streams: results go out, words about them to standard error.
///
/// Takes SIGPIPE away, so that a reader who has seen enough (`| head`) ends the work quietly, and
/// catches the first SIGINT or SIGTERM, which sets the cancel token; a second one kills.
class Terminal {
public:
    Terminal();
    ~Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    /// Writes to standard output, buffered: as it is, but for a terminal as TerminalText. False
    /// once nobody reads it or it failed: stop then.
    bool write(std::string_view bytes);
    bool writeLine(std::string_view bytes);
    /// Writes a line for people to standard output, with signs for what would steer a terminal:
    /// visibleLines().
    bool writeText(const QString& text);
    /// False as write() is.
    bool flush();
    /// Whether whoever read standard output has gone.
    [[nodiscard]] bool isReaderGone() const;

    /// "eventloupe: ..." on standard error, with signs for what would steer it: visibleLines().
    void say(const QString& message) const;
    /// Says why what can be read is not all; the program then does not end with Done.
    void sayIncomplete(const QString& reason) const;
    /// Says why it failed; gives Failed, or Done when only the reader of the output has gone.
    int fail(const Error& error);
    /// From here on the verb works on a store: where that fails, it has failed, whoever reads.
    void beginWork() { m_worksOnStore = true; }
    /// Something is stored, whatever fails from here on: a sentence for people, which is said with
    /// that failure, so that nobody does it twice.
    void noteStored(const QString& what) { m_stored = what; }
    /// Says why the words make no sense, and where to look; gives Misused.
    int misuse(const QString& reason) const;
    /// Writes out what is left; `code`, unless that fails, or what was read was not all.
    int finish(int code);

    void setVerb(const QString& verb) { m_verb = verb; }
    [[nodiscard]] const CancelToken& cancel() const { return m_cancel; }

private:
    [[nodiscard]] QString withStored(const QString& message) const;

    QString m_verb;
    QString m_stored; ///< A sentence, empty while nothing is.
    bool m_worksOnStore = false;
    QByteArray m_caller = QByteArrayLiteral("eventloupe: "); ///< Begins what is said.
    QByteArray m_buffer;
    TerminalText m_shown;
    bool m_isShown; ///< Standard output is a terminal.
    CancelToken m_cancel;
    mutable bool m_isIncomplete = false;
    int m_failure = 0; ///< errno of a failed write.
};

/// Shows how far a piece of work is, on standard error while that is a terminal, and takes the line
/// away again at its end.
class ProgressLine {
public:
    /// `what`: "Importing"
    ProgressLine(const QString& what, const Progress& progress);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

private:
    struct Painter;
    std::unique_ptr<Painter> m_painter;
};

} // namespace eventloupe::cli
