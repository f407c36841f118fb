add_model_test(playback LINKS Eventloupe::time)
add_model_test(timecursor LINKS Eventloupe::time)
