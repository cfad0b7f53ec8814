// Words: finds the words of a text that look like a value, "Value-0084".

#pragma once

#include <regex>
#include <string>
#include <vector>

class Words {
public:
    Words();
    std::vector<std::string> of(const std::string& text) const;

private:
    std::regex pattern_;
};
