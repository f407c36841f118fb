add_model_test(eventlogmodel LINKS Eventloupe::log SQLite::SQLite3
    SOURCES support/samplestore.cpp support/modelpicture.cpp support/storefiles.cpp
        support/treepages.cpp)
add_model_test(eventsummary LINKS Eventloupe::log)
add_model_test(logfilter LINKS Eventloupe::log SOURCES support/samplestore.cpp support/modelpicture.cpp)
add_model_test(matchlist LINKS Eventloupe::log)
add_model_test(windowproxy LINKS Eventloupe::log SOURCES support/modelpicture.cpp)
