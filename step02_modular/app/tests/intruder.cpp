// Compiles only where component1's private header can be seen: see private_header in
// CMakeLists.txt.

#include <doubled.hpp>

int main() {
    return doubled(0).value_or(1);
}
