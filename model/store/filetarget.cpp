#include "store/filetarget.h"

#include "store/openfiles.h"
#include "store/sqliteheader.h"
#include "value/filename.h"
#include "value/privatefile.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("FileTarget", text);
}

} // namespace

bool isDatabase(const QString& file)
{
    const QFileInfo info(file);
    if (!info.isFile() || info.size() == 0)
        return false;
    const auto header = SqliteHeader::read(file);
    return header && header->isDatabase();
}

QString databaseBeside(const QString& file)
{
    const QString place = resolvedFile(file);
    for (const char* suffix : databaseSuffixes) {
        if (!place.endsWith(QLatin1String(suffix)))
            continue;
        const QString main = place.chopped(qsizetype(qstrlen(suffix)));
        if (isDatabase(main))
            return main;
    }
    return {};
}

Result<void> checkTarget(const QString& file)
{
    if (auto decoded = checkDecoded(file); !decoded)
        return decoded;
    if (isOpenHere(file))
        return Error { ErrorCode::AlreadyExists,
            tr("%1 is a store that is open here, or belongs to one; name another file").arg(file) };
    if (const QString main = databaseBeside(file); !main.isEmpty())
        return Error { ErrorCode::InvalidArgument,
            tr("%1 belongs to the database %2, which would lose data by it; name another file")
                .arg(file, QFileInfo(main).fileName()) };
    if (isDatabase(resolvedFile(file)))
        return Error { ErrorCode::AlreadyExists,
            tr("%1 is an event store or another database, which is not written over; name another "
               "file, or delete it first")
                .arg(file) };
    return {};
}

Result<void> writeTarget(const QString& file, const QByteArray& bytes)
{
    if (auto checked = checkTarget(file); !checked)
        return checked;
    return writePrivately(file, bytes);
}

} // namespace eventloupe
