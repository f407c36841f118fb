# The disk breaks below the store; longer by tests/faults/run.sh.
qt_add_executable(faultrounds
    faults/faultrounds.cpp faults/operations.cpp faults/operations.h
    faults/faultdisk.cpp faults/faultdisk.h faults/faultvfs.cpp
    support/storefiles.cpp support/storefiles.h)
target_link_libraries(faultrounds PRIVATE
    Eventloupe::exchange SQLite::SQLite3 eventloupe_options)
target_include_directories(faultrounds PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
qt_add_executable(flips
    faults/flips.cpp faults/losttails.cpp faults/losttails.h
    faults/readings.cpp faults/readings.h
    support/storefiles.cpp support/storefiles.h support/walframes.cpp support/walframes.h)
target_link_libraries(flips PRIVATE Eventloupe::store SQLite::SQLite3 eventloupe_options)
target_include_directories(flips PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
qt_add_executable(rivals faults/rivals.cpp)
target_link_libraries(rivals PRIVATE Eventloupe::store eventloupe_options)

# Calls of the system fail below the whole program.
add_library(failcall MODULE faults/failcall.cpp)
target_link_libraries(failcall PRIVATE ${CMAKE_DL_LIBS})
qt_add_executable(failcalls faults/failcalls.cpp support/storefiles.cpp support/storefiles.h)
target_link_libraries(failcalls PRIVATE Eventloupe::store SQLite::SQLite3 eventloupe_options)
target_include_directories(failcalls PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})

# The window is killed, and started again; longer by tests/faults/windowkills.sh.
qt_add_executable(windowkills
    faults/windowkills.cpp faults/windowwalk.cpp faults/windowwalk.h)
set_target_properties(windowkills PROPERTIES AUTOMOC ON)
target_link_libraries(windowkills PRIVATE Eventloupe::app Qt6::Test eventloupe_options)
target_include_directories(windowkills PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
eventloupe_precompile(windowkills widgetstest)
add_test(NAME windowkills COMMAND windowkills 5)
set_tests_properties(windowkills PROPERTIES TIMEOUT 300
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC")

# The short form: some seconds.
add_test(NAME faults COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/faults/run.sh 50)
set_tests_properties(faults PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300
    ENVIRONMENT "EVENTLOUPE_FAULTS=$<TARGET_FILE_DIR:faultrounds>;EVENTLOUPE_PROGRAM=$<TARGET_FILE:eventloupe>;EVENTLOUPE_FAILCALL=$<TARGET_FILE:failcall>;LC_ALL=C.UTF-8;TZ=UTC")
