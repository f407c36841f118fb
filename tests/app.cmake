# They run the built program, and need no library of it.
foreach(name IN ITEMS cli clicausation clicopy clidecode clidomain clieval cliprojection clivalidate)
    add_model_test(${name} SOURCES support/program.cpp)
    target_compile_definitions(tst_${name} PRIVATE EVENTLOUPE_PROGRAM="$<TARGET_FILE:eventloupe>")
    add_dependencies(tst_${name} eventloupe)
endforeach()

# The whole path through the real window, offscreen; its pictures stay for whoever wants to look.
add_test(NAME tour COMMAND eventloupe --tour ${CMAKE_BINARY_DIR}/tour)
set_tests_properties(tour PROPERTIES
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC" TIMEOUT 300)
