#include "words.hpp"

Words::Words() : pattern_("Value-[0-9-][0-9]{3}") {}

std::vector<std::string> Words::of(const std::string& text) const {
    return {std::sregex_token_iterator(text.begin(), text.end(), pattern_), {}};
}
