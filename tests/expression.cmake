add_model_test(celvectors LINKS Eventloupe::expression)
add_model_test(expression LINKS Eventloupe::expression)
add_model_test(texttemplate LINKS Eventloupe::expression)
