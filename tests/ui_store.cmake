add_model_test(faultmodel LINKS Eventloupe::ui_store)
add_model_test(verifydialog
    SOURCES support/storefiles.cpp support/storefiles.h support/treepages.cpp support/treepages.h
    LINKS Eventloupe::ui_store SQLite::SQLite3)
add_model_test(verifywindow
    SOURCES support/storefiles.cpp support/storefiles.h support/treepages.cpp support/treepages.h
        support/windowbench.cpp
    LINKS Eventloupe::app SQLite::SQLite3)
