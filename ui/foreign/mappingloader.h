#pragma once

#include "foreign/foreignlog.h"
#include "foreign/mappingproposal.h"
#include "value/canceltoken.h"

#include <QObject>
#include <QThread>

#include <memory>

namespace eventloupe {

/// What a mapping is made of: the tables, and how they may be a log.
struct MappingGround {
    ForeignCatalog catalog;
    std::vector<MappingProposal> proposals; ///< The most certain first.
    ForeignEngine engine = ForeignEngine::Sqlite;
};

/// Reads a database for a mapping off the GUI thread, on one connection of its own. Of several
/// previews only the last is answered, and one that is outdated is ended. GUI thread.
class MappingLoader final : public QObject {
    Q_OBJECT

public:
    explicit MappingLoader(OpenDatabase open, QObject* parent = nullptr);
    ~MappingLoader() override; ///< Ends what runs, and joins.

    void loadGround();
    void loadPreview(const StoreProfile& mapping);

signals:
    void groundLoaded(const std::shared_ptr<const eventloupe::MappingGround>& ground);
    void previewLoaded(const QList<eventloupe::Event>& events);
    void previewFailed(const eventloupe::Error& error);
    /// The database cannot be read.
    void failed(const eventloupe::Error& error);

private:
    struct Reader;

    QThread m_thread;
    QObject* m_worker; ///< Lives on the thread.
    std::shared_ptr<Reader> m_reader; ///< Used on the thread.
    CancelToken m_end;
    CancelToken m_newer; ///< Of the last preview.
};

} // namespace eventloupe
