add_model_test(cursorframe LINKS Eventloupe::time SOURCES support/samplestore.cpp)
add_model_test(density LINKS Eventloupe::time SOURCES support/samplestore.cpp)
add_model_test(eventtimes LINKS Eventloupe::time SOURCES support/samplestore.cpp)
add_model_test(goto LINKS Eventloupe::time SOURCES support/samplestore.cpp)
add_model_test(marks LINKS Eventloupe::time)
add_model_test(places LINKS Eventloupe::time)
add_model_test(playback LINKS Eventloupe::time)
add_model_test(replayer
    SOURCES support/replaysamples.cpp support/samplestore.cpp support/sampleworkspace.cpp
    LINKS Eventloupe::time)
add_model_test(replayall
    SOURCES support/awkwardjson.cpp support/plainfold.cpp support/replaysamples.cpp
        support/samplestore.cpp support/sampleworkspace.cpp support/storefiles.cpp
    LINKS Eventloupe::exchange Eventloupe::time SQLite::SQLite3)
add_model_test(streamstepper LINKS Eventloupe::time SOURCES support/samplestore.cpp)
add_model_test(timecursor LINKS Eventloupe::time)
add_model_test(sampledigest SOURCES support/plainfold.cpp LINKS Eventloupe::time)
