add_model_test(celvectors LINKS Eventloupe::expression)
