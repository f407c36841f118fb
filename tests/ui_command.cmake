add_model_test(commandpanel LINKS Eventloupe::ui_command)
add_model_test(examplesdialog LINKS Eventloupe::ui_command)
add_model_test(schemaform LINKS Eventloupe::ui_command)
add_model_test(formshapes LINKS Eventloupe::ui_command)
