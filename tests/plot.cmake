add_model_test(streamcolumns SOURCES support/shoplog.cpp LINKS Eventloupe::plot)
add_model_test(plottedprojection
    SOURCES support/plainprojection.cpp support/projected.cpp LINKS Eventloupe::plot)
