add_model_test(copyends
    SOURCES ${STORE_CONTRACT} ${STORE_FILES} LINKS Eventloupe::exchange SQLite::SQLite3)
add_model_test(copyfollow
    SOURCES ${STORE_CONTRACT} ${STORE_FILES} ${FOREIGN_FILES}
    LINKS Eventloupe::exchange Eventloupe::foreign SQLite::SQLite3)
add_model_test(copylog
    SOURCES ${STORE_CONTRACT} ${STORE_FILES} LINKS Eventloupe::exchange SQLite::SQLite3)
add_model_test(csv LINKS Eventloupe::exchange)
add_model_test(exportbytes LINKS Eventloupe::exchange)
add_model_test(exporter LINKS Eventloupe::exchange)
add_model_test(filetarget SOURCES ${STORE_FILES} LINKS Eventloupe::exchange SQLite::SQLite3)
add_model_test(generate LINKS Eventloupe::exchange)
target_compile_definitions(tst_generate PRIVATE EVENTLOUPE_GENERATE="$<TARGET_FILE:generate>")
add_dependencies(tst_generate generate)
add_model_test(exportpieces LINKS Eventloupe::exchange)
add_model_test(importadvice LINKS Eventloupe::exchange)
add_model_test(importer LINKS Eventloupe::exchange)
add_model_test(jsonimport SOURCES fuzz/mutator.cpp LINKS Eventloupe::exchange)
add_model_test(mapping LINKS Eventloupe::exchange)
add_model_test(ndjson LINKS Eventloupe::exchange)
add_model_test(reallogs LINKS Eventloupe::exchange)
add_model_test(roundtrip SOURCES support/awkwardjson.cpp LINKS Eventloupe::exchange)
