# They run the built program, and need no library of it.
foreach(name IN ITEMS cli clicopy clidecode clidomain clieval cliprojection clivalidate)
    add_model_test(${name} SOURCES support/program.cpp)
    target_compile_definitions(tst_${name} PRIVATE EVENTLOUPE_PROGRAM="$<TARGET_FILE:eventloupe>")
    add_dependencies(tst_${name} eventloupe)
endforeach()

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
