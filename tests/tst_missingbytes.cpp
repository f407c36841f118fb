#include "store/sqlitemissingbytes.h"
#include "support/storefiles.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtEndian>
#include <QTest>

#include <vector>

using namespace eventloupe;

namespace {

constexpr qint64 pageSize = 65536; ///< The largest, so that the page with the locks is a near one.
constexpr qint64 lockPage = 0x40000000 / pageSize + 1;

QByteArray words(const std::vector<quint32>& numbers)
{
    QByteArray bytes;
    for (const quint32 number : numbers) {
        const quint32 stored = qToBigEndian(number);
        bytes.append(reinterpret_cast<const char*>(&stored), sizeof stored);
    }
    return bytes;
}

/// A -wal file, by https://sqlite.org/fileformat2.html#walformat.
class Wal final {
public:
    explicit Wal(bool isBigEndian)
        : m_isBigEndian(isBigEndian)
    {
        m_content
            = words({ isBigEndian ? 0x377f0683U : 0x377f0682U, 3007000, pageSize, 0 }) + salt();
        add(m_content);
        m_content += words({ m_first, m_second });
    }

    /// `pages`: of the database, where the frame commits.
    Wal& frame(quint32 page, quint32 pages = 0)
    {
        const QByteArray begin = words({ page, pages });
        const QByteArray content(pageSize, 'x');
        add(begin);
        add(content);
        m_last = m_content.size();
        m_content += begin + salt() + words({ m_first, m_second }) + content;
        return *this;
    }

    /// Another byte in the last frame, from its begin on.
    Wal& damage(qsizetype at)
    {
        m_content[m_last + at] = static_cast<char>(m_content.at(m_last + at) ^ 1);
        return *this;
    }

    [[nodiscard]] const QByteArray& content() const { return m_content; }

private:
    static QByteArray salt() { return words({ 7, 8 }); }

    void add(const QByteArray& bytes)
    {
        for (qsizetype i = 0; i < bytes.size(); i += 8) {
            m_first += word(bytes, i) + m_second;
            m_second += word(bytes, i + 4) + m_first;
        }
    }

    [[nodiscard]] quint32 word(const QByteArray& bytes, qsizetype at) const
    {
        const char* const place = bytes.constData() + at;
        return m_isBigEndian ? qFromBigEndian<quint32>(place) : qFromLittleEndian<quint32>(place);
    }

    bool m_isBigEndian;
    QByteArray m_content;
    quint32 m_first = 0;
    quint32 m_second = 0;
    qsizetype m_last = 0;
};

} // namespace

/// What of a database is neither in its file nor in its log, at the edges of SQLite's format.
class tst_MissingBytes final : public QObject {
    Q_OBJECT

private slots:
    void pagesAreLookedForInTheLog_data();
    void pagesAreLookedForInTheLog();
};

void tst_MissingBytes::pagesAreLookedForInTheLog_data()
{
    QTest::addColumn<qint64>("pagesOfFile"); // Of which the header says that there are 4 more.
    QTest::addColumn<QByteArray>("log");
    QTest::addColumn<qint64>("missing"); // Pages.
    const auto row = [](const char* name, qint64 pages, const Wal& wal, qint64 missing) {
        QTest::newRow(name) << pages << wal.content() << missing;
    };
    for (const bool isBig : { false, true }) {
        const Wal log(isBig);
        row(isBig ? "all, big-endian" : "all", 10,
            Wal(log).frame(14).frame(13).frame(12).frame(11, 14), 0);
        row(isBig ? "one is not, big-endian" : "one is not", 10,
            Wal(log).frame(14).frame(13).frame(1).frame(11, 14), 1);
    }
    const Wal log(false);
    row("the log's size counts", 10, Wal(log).frame(11, 11), 0);
    row("twice", 10, Wal(log).frame(11).frame(11).frame(11, 12), 1);
    row("not committed", 10, Wal(log).frame(11, 13).frame(12).frame(13), 2);
    row("no commit, which SQLite notices", 10, Wal(log).frame(11).frame(12), 0);
    row("another salt", 10, Wal(log).frame(11, 14).frame(12, 14).damage(8), 3);
    row("another sum", 10, Wal(log).frame(11, 14).frame(12, 14).damage(16), 3);
    row("another content", 10, Wal(log).frame(11, 14).frame(12, 14).damage(24 + 99), 3);
    row("behind one that is damaged", 10, Wal(log).frame(11, 14).frame(12).damage(99).frame(13, 14),
        3);
    // Which is never written.
    const auto page = static_cast<quint32>(lockPage);
    row("the page with the locks", lockPage - 1, Wal(log).frame(page + 1, page + 1), 0);
    row("and one behind it", lockPage - 1, Wal(log).frame(page + 1, page + 3), 2);
    row("that page as the last one", lockPage - 2, Wal(log).frame(page - 1, page), 0);
}

void tst_MissingBytes::pagesAreLookedForInTheLog()
{
    QFETCH(qint64, pagesOfFile);
    QFETCH(QByteArray, log);
    QFETCH(qint64, missing);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("s"));
    // Page size 1 means the largest; change counter, pages, and the counter again.
    QByteArray header(100, '\0');
    header.replace(16, 2, QByteArray("\0\1", 2));
    header.replace(24, 8, words({ 5, static_cast<quint32>(pagesOfFile) + 4 }));
    header.replace(92, 4, words({ 5 }));
    writeContent(path, header);
    QVERIFY(QFile::resize(path, pagesOfFile * pageSize));
    writeContent(path + QStringLiteral("-wal"), log);
    QCOMPARE(missingBytes(path), 4 * pageSize);
    QCOMPARE(missingBesideLog(path), missing * pageSize);
    // An older copy is as long as its header says; the log's size counts.
    header.replace(28, 4, words({ static_cast<quint32>(pagesOfFile) }));
    writeContent(path, header);
    QVERIFY(QFile::resize(path, pagesOfFile * pageSize));
    QCOMPARE(missingBytes(path), 0);
    QCOMPARE(missingBesideLog(path), missing * pageSize);
    // Where the file is as long as any commit says, nothing is missing.
    QVERIFY(QFile::resize(path, (pagesOfFile + 4) * pageSize));
    QCOMPARE(missingBesideLog(path), 0);
}

QTEST_GUILESS_MAIN(tst_MissingBytes)
#include "tst_missingbytes.moc"
