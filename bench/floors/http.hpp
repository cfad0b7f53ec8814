// Just enough HTTP for a POST with a JSON body and its answer.

#pragma once

#include <string>

std::string http_request(const std::string& path, const std::string& body);
std::string http_response(const std::string& body);

bool is_whole_http(const std::string& bytes);

// Of a request or a response that has arrived whole.
std::string http_path(const std::string& request);
std::string http_body(const std::string& message);
bool is_last_of_connection(const std::string& message);
