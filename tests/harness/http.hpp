// HTTP as bytes: for saying what no well-behaved client says.

#pragma once

#include <regex>
#include <string>

#include "tcp.hpp"

namespace http {

struct Answer {
    int status = 0;
    std::string head;
    std::string body;

    // A header's value; header names in lower case or as they are.
    std::string header(const std::string& name) const {
        std::smatch match;
        const std::regex pattern("\r\n" + name + ": ([^\r]*)\r\n", std::regex::icase);
        return std::regex_search(head, match, pattern) ? match.str(1) : "";
    }
};

inline Answer read_answer(const Descriptor& connection) {
    std::string text;
    std::size_t end = 0;
    while ((end = text.find("\r\n\r\n")) == std::string::npos) {
        if (!tcp::receive_some(connection, text)) {
            return {0, text, ""};
        }
    }
    Answer answer{std::stoi(text.substr(text.find(' '))), text.substr(0, end + 4), ""};
    const std::string length = answer.header("Content-Length");
    const std::size_t size = end + 4 + (length.empty() ? 0 : std::stoul(length));
    while (text.size() < size && tcp::receive_some(connection, text)) {
    }
    answer.body = text.substr(end + 4);
    return answer;
}

inline std::string request(const std::string& method_and_path, const std::string& body,
                           const std::string& headers = "Content-Type: application/json\r\n") {
    return method_and_path + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

inline Answer ask(int port, const std::string& request) {
    const Descriptor connection = tcp::connect_to(port);
    tcp::send_all(connection, request);
    return read_answer(connection);
}

inline const std::string process_42 = request("POST /process", R"({"input":42})");
inline const std::string answer_84 = R"({"processed":true,"value":84})";

}  // namespace http
