add_model_test(testcasedialog SOURCES support/storefiles.cpp support/windowbench.cpp
    LINKS Eventloupe::app)
