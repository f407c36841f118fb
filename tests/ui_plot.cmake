add_model_test(plotview
    SOURCES support/samplestore.cpp support/sampleworkspace.cpp LINKS Eventloupe::ui_plot)
