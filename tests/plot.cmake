add_model_test(streamcolumns SOURCES support/shoplog.cpp LINKS Eventloupe::plot)
