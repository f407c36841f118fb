add_model_test(testcasedialog SOURCES support/windowbench.cpp LINKS Eventloupe::app)
