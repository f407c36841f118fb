add_model_test(hashchain LINKS Eventloupe::store)
add_model_test(headfile LINKS Eventloupe::store)
add_model_test(sqliteeventstore
    SOURCES support/storecontract.cpp support/storecontract.h LINKS Eventloupe::store)
add_model_test(storeclient LINKS Eventloupe::store)
