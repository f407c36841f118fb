// The one source of the libraries that hold precompiled headers.
