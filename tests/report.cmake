add_model_test(report LINKS Eventloupe::report)
