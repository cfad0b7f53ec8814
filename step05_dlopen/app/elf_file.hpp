// Looks at a library file before the loader does: the loader takes a truncated file at its word and
// dies with a bus error.

#pragma once

#include <filesystem>

// Throws std::runtime_error with the reason if the file is missing, not a shared library, built for
// a machine other than this program's, or shorter than its own headers say. Any thread.
void check_library_file(const std::filesystem::path& path);
