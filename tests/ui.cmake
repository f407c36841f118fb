add_model_test(diagnostics SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(categoryinks LINKS Eventloupe::ui_base)
add_model_test(filedialog LINKS Eventloupe::ui_base)
add_model_test(bytesview LINKS Eventloupe::ui_log)
add_model_test(foreignsamples SOURCES support/windowbench.cpp LINKS Eventloupe::app)
add_model_test(foreignwindow SOURCES support/windowbench.cpp LINKS Eventloupe::app Qt6::Sql)
add_model_test(jsonview LINKS Eventloupe::ui_base)
add_model_test(datapage LINKS Eventloupe::ui_log)
add_model_test(densitytip LINKS Eventloupe::ui_time)
add_model_test(filterbar SOURCES support/samplestore.cpp LINKS Eventloupe::ui_log)
add_model_test(logview SOURCES support/samplestore.cpp LINKS Eventloupe::ui_log)
add_model_test(lostevents
    SOURCES support/samplestore.cpp support/storefiles.cpp support/treepages.cpp
    LINKS Eventloupe::ui_log SQLite::SQLite3)
add_model_test(maskopening SOURCES support/windowbench.cpp LINKS Eventloupe::app)
add_model_test(maskwindow SOURCES support/windowbench.cpp LINKS Eventloupe::app)
add_model_test(mainwindow SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(scrubbing SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(session SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(sessionfaults SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(typed SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(closing SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_dependencies(tst_closing eventloupe)
target_compile_definitions(tst_closing PRIVATE EVENTLOUPE_PROGRAM="$<TARGET_FILE:eventloupe>")
add_model_test(statepanel SOURCES support/samplestore.cpp LINKS Eventloupe::ui_state)
add_model_test(statetabs SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(quickstyle LINKS Eventloupe::ui_log)
add_model_test(statusarea LINKS Eventloupe::app)
add_model_test(swatch LINKS Eventloupe::ui_base)
add_model_test(theme LINKS Eventloupe::ui_base)
add_model_test(timelineslider SOURCES support/samplestore.cpp LINKS Eventloupe::ui_time)
add_model_test(describedialog SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(definitionpage SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(domainpanel SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(helpwindow LINKS Eventloupe::ui_help)
add_model_test(markup SOURCES support/markupbench.cpp support/markupstore.cpp
    support/textwalk.cpp support/windowbench.cpp LINKS Eventloupe::app Qt6::Sql)
add_model_test(visibletext LINKS Eventloupe::ui_base)

# The event loop is watched; stacks need the program's own names, and slow files its functions.
add_model_test(loopwatch SOURCES support/loopwatch.cpp support/slowfiles.cpp
    LINKS Qt6::Core ${CMAKE_DL_LIBS})
target_link_options(tst_loopwatch PRIVATE -rdynamic)

# The whole window under the watch.
add_model_test(longevents SOURCES support/loopwatch.cpp support/windowtour.cpp
    support/samplestore.cpp support/windowbench.cpp LINKS Eventloupe::app ${CMAKE_DL_LIBS})
add_model_test(slowstores SOURCES support/loopwatch.cpp support/windowtour.cpp
    support/slowfiles.cpp support/shoplog.cpp support/windowbench.cpp
    LINKS Eventloupe::app SQLite::SQLite3 ${CMAKE_DL_LIBS})
foreach(test longevents slowstores)
    target_link_options(tst_${test} PRIVATE -rdynamic)
endforeach()
slow_disk(longevents slowstores)
set_tests_properties(longevents slowstores PROPERTIES TIMEOUT 900)
