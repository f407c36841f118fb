add_model_test(json LINKS Eventloupe::value)
