set(FOREIGN_FILES support/foreignfiles.cpp support/foreignfiles.h)
add_model_test(cyclewatch LINKS Eventloupe::foreign)
add_model_test(eventsourcingfolds SOURCES ${FOREIGN_FILES}
    LINKS Eventloupe::foreign Eventloupe::time SQLite::SQLite3)
add_model_test(foreigncopy SOURCES ${FOREIGN_FILES}
    LINKS Eventloupe::exchange Eventloupe::foreign SQLite::SQLite3)
add_model_test(foreignfolds SOURCES ${FOREIGN_FILES}
    LINKS Eventloupe::foreign Eventloupe::time SQLite::SQLite3)
add_model_test(foreigngrowth SOURCES ${FOREIGN_FILES} LINKS Eventloupe::foreign SQLite::SQLite3)
add_model_test(foreignhostile SOURCES ${FOREIGN_FILES} LINKS Eventloupe::foreign SQLite::SQLite3)
add_model_test(foreignprofiles SOURCES ${FOREIGN_FILES}
    LINKS Eventloupe::foreign Eventloupe::schema SQLite::SQLite3)
add_model_test(foreignreads SOURCES ${FOREIGN_FILES} support/storecontract.cpp
    support/storecontract.h support/storecontractappends.cpp support/storecontractparts.h
    support/storecontractselections.cpp support/storecontractstreams.cpp
    LINKS Eventloupe::foreign SQLite::SQLite3)
add_model_test(foreignsafety SOURCES ${FOREIGN_FILES} LINKS Eventloupe::foreign SQLite::SQLite3)
add_model_test(foreignverify SOURCES ${FOREIGN_FILES} LINKS Eventloupe::foreign SQLite::SQLite3)
add_model_test(mappingproposals SOURCES ${FOREIGN_FILES}
    LINKS Eventloupe::foreign SQLite::SQLite3)
add_model_test(postings LINKS Eventloupe::foreign)
