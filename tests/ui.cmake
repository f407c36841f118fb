add_model_test(diagnostics SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(categoryinks LINKS Eventloupe::ui_base)
add_model_test(bytesview LINKS Eventloupe::ui_log)
add_model_test(foreignsamples SOURCES support/windowbench.cpp LINKS Eventloupe::app)
add_model_test(foreignwindow SOURCES support/windowbench.cpp LINKS Eventloupe::app Qt6::Sql)
add_model_test(datapage LINKS Eventloupe::ui_log)
add_model_test(densitytip LINKS Eventloupe::ui_time)
add_model_test(filterbar SOURCES support/samplestore.cpp LINKS Eventloupe::ui_log)
add_model_test(logview SOURCES support/samplestore.cpp LINKS Eventloupe::ui_log)
add_model_test(maskwindow SOURCES support/windowbench.cpp LINKS Eventloupe::app)
add_model_test(mainwindow SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(scrubbing SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
add_model_test(session SOURCES support/samplestore.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
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
