# They run the built program, and need no library of it.
foreach(name IN ITEMS cli clidomain)
    add_model_test(${name} SOURCES support/program.cpp)
    target_compile_definitions(tst_${name} PRIVATE EVENTLOUPE_PROGRAM="$<TARGET_FILE:eventloupe>")
    add_dependencies(tst_${name} eventloupe)
endforeach()
