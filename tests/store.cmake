set(STORE_FILES support/storefiles.cpp support/storefiles.h)
set(STORE_CONTRACT support/storecontract.cpp support/storecontract.h
    support/storecontractappends.cpp support/storecontractparts.h
    support/storecontractselections.cpp support/storecontractstreams.cpp)
add_model_test(checkedevents LINKS Eventloupe::store)
add_model_test(hashchain LINKS Eventloupe::store)
add_model_test(cutrepair SOURCES ${STORE_CONTRACT} ${STORE_FILES}
    support/treepages.cpp support/treepages.h support/walframes.cpp support/walframes.h
    LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(cutstore SOURCES ${STORE_FILES} support/walframes.cpp support/walframes.h
    LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(fulldisk SOURCES ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(headfile LINKS Eventloupe::store)
add_model_test(headplace SOURCES ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(missingbytes SOURCES ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(openstore LINKS Eventloupe::store)
add_model_test(piecescan SOURCES ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(replacedstore
    SOURCES ${STORE_CONTRACT} ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(repairstore
    SOURCES ${STORE_CONTRACT} ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(repairtree SOURCES ${STORE_CONTRACT} ${STORE_FILES}
    support/treepages.cpp support/treepages.h support/walframes.cpp support/walframes.h
    support/filesizelimit.h
    LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(sqlitebulkappend
    SOURCES ${STORE_CONTRACT} ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(sqlitedamage
    SOURCES ${STORE_CONTRACT} ${STORE_FILES} support/treepages.cpp support/treepages.h
    LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(filenames SOURCES ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(logidentity SOURCES ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(logcoherence SOURCES ${STORE_FILES} support/walframes.cpp support/walframes.h
    LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(sqlitefilelocks SOURCES ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(sqliteeventstore SOURCES ${STORE_CONTRACT} LINKS Eventloupe::store)
add_model_test(sqliteunlocked SOURCES ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(sqlitestorefile SOURCES ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(sqlitefaulttext LINKS Eventloupe::store)
add_model_test(sqliteindexcheck
    SOURCES ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(faultranges LINKS Eventloupe::store)
add_model_test(sqliteverifier
    SOURCES ${STORE_CONTRACT} ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(sqliteverifypieces
    SOURCES ${STORE_CONTRACT} ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(sqlitewriters
    SOURCES ${STORE_CONTRACT} ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(storeclient LINKS Eventloupe::store)
add_model_test(storeclientends LINKS Eventloupe::store)
add_model_test(overwrittenstore SOURCES ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(storenames SOURCES ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(storeleftovers SOURCES ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
add_model_test(streamtable LINKS Eventloupe::store)
add_model_test(takeback SOURCES ${STORE_FILES} LINKS Eventloupe::store SQLite::SQLite3)
slow_disk(repairstore replacedstore sqlitewriters)
