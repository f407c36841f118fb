#pragma once

#include "store/openstore.h"

#include <QObject>

#include <memory>

namespace eventloupe {

/// What every store must do, as tests: a store's test program derives from it, says how an empty
/// store is made, and gets them all.
class StoreContract : public QObject {
    Q_OBJECT

public:
    using Store = std::unique_ptr<EventStore>;

    /// An event with a payload, and a given id or none.
    static NewEvent makeEvent(
        const char* type, const char* data = "{}", const char* id = "", qint64 time = 1000);
    /// Appends and gives what was appended; a failure of the test where that was refused.
    static Appended append(EventStore& store, const char* stream, const QList<NewEvent>& events,
        const ExpectedVersion& expected = ExpectedVersion::any());
    /// One line an event: "position stream@version type data".
    static QStringList lines(const QList<Event>& events);
    /// One line a stream: "id name category@version".
    static QStringList lines(const QList<StreamAt>& streams);
    /// All faults that verify() reports, as "position: message".
    static QStringList faults(EventStore& store);

protected:
    /// A new empty store, writable.
    virtual Store makeStore() = 0;
    /// Another connection to the store that makeStore() made last; makes none where it is gone.
    virtual Store connectAgain() = 0;

private slots:
    void emptyStoreHasNothing();
    void appendedEventIsReadBack();
    void bytesOfPayloadsAreKept();
    void hashesCoverTheLogUpToThem();
    void idsAreKept();
    void pagesOfTheLog();
    void scansAtPositions();
    void namesOfManyStreams();
    void streamsUpToAPosition();
    void scansGiveTheColumnsAskedFor();
    void scansStopAndCancel();
    void selectionsGiveWhatTheyAdmit();
    void selectionsGiveTheColumnsAskedFor();
    void selectionsAreCancelled();
    void manyStreamsKeepTheirNames();
    void namesOfARolledBackLoadAreForgotten();
    void expectedVersionIsChecked_data();
    void expectedVersionIsChecked();
    void conflictStoresNothing();
    void repeatedAppendIsAcknowledged();
    void idWithOtherContentIsRefused();
    void badEventsAreRefused_data();
    void badEventsAreRefused();
    void streamsAtEachPosition();
    void categoriesAtEachPosition();
    void versionsAtEachPosition();
    void streamsAreSearched();
    void timeFindsPositions();
    void bulkLoadsIntoAnEmptyStore();
    void bulkGoesOnAfterAppends();
    void bulkIsAllOrNothing();
    void bulkRefusesDuplicates();
    void bulkIsCancelled();
    void severalStreamsGetEventsTogether();
    void severalStreamsConflictTogether();
    void growthIsSeen();
    void writersConflict();
    void verifiedStoreHasNoFaults();
};

} // namespace eventloupe
