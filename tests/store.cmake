add_model_test(sqliteeventstore
    SOURCES support/storecontract.cpp support/storecontract.h LINKS Eventloupe::store)
