#include "foreign/mappingproposal.h"

#include "foreign/foreigntext.h"
#include "foreign/rowreader.h"
#include "value/privatefile.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>

namespace eventloupe {

Result<QList<Event>> previewMapping(ForeignDatabase& database, const ForeignCatalog& catalog,
    const StoreProfile& mapping, int limit)
{
    const auto bound = recognise(catalog, database.engine(), { mapping });
    if (bound.empty())
        return Error { ErrorCode::InvalidInput,
            ForeignText::tr("The mapping does not fit: a table or a column that it names is not "
                            "there.") };
    const RecognisedStore& store = bound.front();
    const LogSql sql(store, database.engine());
    const LogColumns columns = sql.columns(columnsFor(store.profile, allScanColumns));
    const ForeignValue rows = qint64(limit);
    RowPage page;
    const auto read = database.select(
        sql.select(columns, LogSql::Bound::None, false, false), std::span(&rows, 1), page);
    if (!read)
        return read.error();
    RowReader reader(store.profile, columns);
    QList<Event> events;
    for (std::size_t row = 0; row < page.rows(); ++row) {
        reader.setRow(page, row);
        for (qint64 each = 0; each < reader.events() && events.size() < limit; ++each) {
            Event event;
            event.position = events.size() + 1;
            const std::string name = reader.streamName();
            event.stream = QString::fromStdString(name);
            event.version = reader.version().value_or(0);
            event.type = QString::fromStdString(reader.type(each));
            event.time = reader.time();
            event.id = QString::fromStdString(reader.id(each));
            event.data = reader.data(each);
            event.metadata = reader.metadata();
            event.origin = reader.origin(name);
            events.append(event);
        }
    }
    return events;
}

Result<QString> saveMapping(const StoreProfile& mapping, const QString& folder)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"));
    if (!plain.match(mapping.name).hasMatch())
        return Error { ErrorCode::InvalidArgument,
            ForeignText::tr("'%1' is no name for a mapping: use letters, digits, '-' and '_'.")
                .arg(mapping.name) };
    const QString stores = folder + QStringLiteral("/stores");
    const QString path = stores + u'/' + mapping.name + QStringLiteral(".json");
    QSaveFile file(path);
    const bool isNew = !QFileInfo::exists(path);
    if (!makeSharedFolder(stores) || !file.open(QIODevice::WriteOnly)
        || file.write(mapping.toJson() + '\n') < 0 || !file.commit())
        return Error { ErrorCode::InputOutput,
            ForeignText::tr("%1 cannot be written: %2.").arg(path, file.errorString()) };
    if (isNew)
        giveSharedMode(path);
    return path;
}

} // namespace eventloupe
