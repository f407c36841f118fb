add_model_test(copydialog LINKS Eventloupe::ui_exchange)
add_model_test(exchangecontroller LINKS Eventloupe::ui_exchange)
add_model_test(exportdialog LINKS Eventloupe::ui_exchange)
add_model_test(importdialog LINKS Eventloupe::ui_exchange)
