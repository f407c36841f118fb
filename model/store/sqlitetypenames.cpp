#include "store/sqlitetypenames.h"

#include "value/event.h"

namespace eventloupe {

const SqliteTypeNames::Name& SqliteTypeNames::name(qint64 id)
{
    auto found = m_names.constFind(id);
    if (found == m_names.constEnd()) {
        load(id);
        found = m_names.constFind(id);
    }
    return found == m_names.constEnd() ? m_unknown : **found;
}

void SqliteTypeNames::load(qint64 id)
{
    auto statement = m_connection.prepare("SELECT name FROM event_type WHERE id = ?1");
    statement.bind(1, id);
    const auto stepped = statement.step();
    if (!stepped)
        m_failure = stepped.error();
    if (!stepped || !*stepped)
        return;
    QByteArray utf8 = toBytes(statement.text(0));
    QString text = QString::fromUtf8(utf8);
    m_names.insert(id, std::make_shared<const Name>(Name { std::move(text), std::move(utf8) }));
}

} // namespace eventloupe
