#include <iostream>

#include "words.hpp"

int main() {
    for (const std::string& word :
         Words().of("84 maps to Value-0084, -14 to Value--014, 7 to nothing")) {
        std::cout << word << '\n';
    }
}
