# They run the built program, and need no library of it.
foreach(name IN ITEMS
    cli
    clibranch
    clicausation
    clicopy
    clidecode
    clidiff
    clidomain
    clieval
    cliimport
    climaskplaces
    climasks
    cliforeign
    cliprojection
    clirefusals
    clireport
    clitargets
    cliterminal
    clivalidate
    cliwatch)
    add_model_test(${name} SOURCES support/program.cpp)
    target_compile_definitions(tst_${name} PRIVATE EVENTLOUPE_PROGRAM="$<TARGET_FILE:eventloupe>")
    add_dependencies(tst_${name} eventloupe)
endforeach()

# It makes a database of nobody's.
add_model_test(climaskleaks SOURCES support/program.cpp LINKS SQLite::SQLite3)
target_compile_definitions(tst_climaskleaks PRIVATE
    EVENTLOUPE_PROGRAM="$<TARGET_FILE:eventloupe>")
add_dependencies(tst_climaskleaks eventloupe)

# On a server, which the test's own code asks what is there.
add_model_test(cliserver SOURCES support/program.cpp support/postgresserver.cpp
    support/postgresserver.h LINKS Eventloupe::postgres)
target_compile_definitions(tst_cliserver PRIVATE EVENTLOUPE_PROGRAM="$<TARGET_FILE:eventloupe>")
add_dependencies(tst_cliserver eventloupe)
slow_disk(cliserver)

# The whole path through the real window, offscreen; its pictures stay for whoever wants to look.
add_test(NAME tour COMMAND eventloupe --tour ${CMAKE_BINARY_DIR}/tour)
set_tests_properties(tour PROPERTIES
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC" TIMEOUT 300)

# Random use of other libraries' databases, of which no byte may change; by itself for an hour:
# tests/foreignwalk.sh.
qt_add_executable(foreignwalker
    foreignwalk/main.cpp foreignwalk/windowwalk.cpp foreignwalk/windowwalk.h
    bench/windowdriver.cpp bench/windowdriver.h)
set_target_properties(foreignwalker PROPERTIES AUTOMOC ON)
target_link_libraries(foreignwalker PRIVATE
    Eventloupe::app Eventloupe::foreign Qt6::Test eventloupe_options)
target_include_directories(foreignwalker PRIVATE ${PROJECT_SOURCE_DIR}
    ${CMAKE_CURRENT_SOURCE_DIR}/bench ${CMAKE_CURRENT_SOURCE_DIR}/foreignwalk)
add_test(NAME foreignwalk COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/foreignwalk.sh 0.1 1)
set_tests_properties(foreignwalk PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300
    ENVIRONMENT "EVENTLOUPE_PROGRAM=$<TARGET_FILE:eventloupe>;EVENTLOUPE_WALKER=$<TARGET_FILE:foreignwalker>;EVENTLOUPE_SHARED=${EVENTLOUPE_SHARED}")

# On stores that were tampered with.
add_model_test(cliverify
    SOURCES support/program.cpp support/storefiles.cpp support/storefiles.h support/treepages.cpp
        support/treepages.h
    LINKS Eventloupe::store SQLite::SQLite3)
target_compile_definitions(tst_cliverify PRIVATE EVENTLOUPE_PROGRAM="$<TARGET_FILE:eventloupe>")
add_dependencies(tst_cliverify eventloupe)

add_model_test(filemodes SOURCES support/program.cpp LINKS Eventloupe::value)
target_compile_definitions(tst_filemodes PRIVATE EVENTLOUPE_PROGRAM="$<TARGET_FILE:eventloupe>")
add_dependencies(tst_filemodes eventloupe)

add_model_test(branchkeeper SOURCES support/samplestore.cpp LINKS Eventloupe::app)
