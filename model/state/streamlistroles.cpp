#include "state/streamlistroles.h"

#include "state/valuetext.h"

#include <QCoreApplication>
#include <QLocale>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("eventloupe::StreamListModel", text);
}

QString shownName(const QString& name)
{
    return oneLineText(name.toUtf8());
}

} // namespace

QVariant categoryData(const CategoryAt& category, StreamColumn column, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        if (column == StreamColumn::Name)
            return shownName(category.name);
        return column == StreamColumn::Version ? QLocale().toString(category.streams) : QVariant();
    case StreamCategoryRole:
        return category.name;
    case CategoryCountRole:
        return category.streams;
    default:
        return {};
    }
}

QVariant streamData(const StreamAt& stream, const Headline* headline, StreamColumn column, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        if (column == StreamColumn::Name)
            return shownName(stream.info.name);
        if (column == StreamColumn::Version)
            return tr("v%1").arg(QLocale().toString(stream.version));
        return headline ? headline->text : QVariant();
    case StreamNameRole:
        return stream.info.name;
    case StreamIdRole:
        return stream.info.id;
    case StreamCategoryRole:
        return stream.info.category;
    case StreamVersionRole:
        return stream.version;
    case ExistsRole:
        return !headline || headline->exists;
    default:
        return {};
    }
}

QString streamColumnTitle(StreamColumn column)
{
    switch (column) {
    case StreamColumn::Name:
        return tr("Stream");
    case StreamColumn::Version:
        return tr("Version");
    case StreamColumn::Headline:
        return tr("Headline");
    case StreamColumn::COUNT:
        break;
    }
    return {};
}

} // namespace eventloupe
