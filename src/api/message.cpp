#include "api/message.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"

namespace purse {

namespace {

std::optional<int> digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

// In a query a plus is a space; control characters are refused everywhere.
std::optional<std::string> decoded(std::string_view text, bool in_query) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const auto high = digit_of(text[i + 1]);
            const auto low = digit_of(text[i + 2]);
            if (!high || !low) return std::nullopt;
            c = static_cast<char>(*high * 16 + *low);
            i += 2;
        } else if (in_query && c == '+') {
            c = ' ';
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return std::nullopt;
        out.push_back(c);
    }
    return out;
}

const Problem wrong_address = bad_input("the address cannot be read: copy it again");

Outcome read_path(std::string_view path, Target& target) {
    if (path.empty() || path.front() != '/') return wrong_address;
    path.remove_prefix(1);
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        auto segment = decoded(path.substr(0, end), false);
        const bool is_last = end == path.size();
        path.remove_prefix(is_last ? end : end + 1);
        if (!segment || segment->empty() || *segment == "." || *segment == ".." ||
            segment->find_first_of("/\\") != std::string::npos) {
            return wrong_address;
        }
        target.segments.push_back(std::move(*segment));
    }
    return Nothing{};
}

Outcome read_query(std::string_view query, Target& target) {
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const auto name = decoded(pair.substr(0, equals), true);
        const auto value =
            decoded(equals == pair.size() ? std::string_view{} : pair.substr(equals + 1), true);
        if (!name || !value || !target.query.emplace(*name, *value).second) return wrong_address;
    }
    return Nothing{};
}

}  // namespace

std::optional<std::string> Target::asked(const std::string& name) const {
    const auto found = query.find(name);
    if (found == query.end()) return std::nullopt;
    return found->second;
}

Result<Target> parse_target(std::string_view text) {
    Target target;
    const std::size_t mark = std::min(text.find('?'), text.size());
    if (const auto path = read_path(text.substr(0, mark), target); !path) return path.problem();
    if (mark == text.size()) return target;
    if (const auto query = read_query(text.substr(mark + 1), target); !query) {
        return query.problem();
    }
    return target;
}

std::string_view HttpRequest::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

HttpResponse json_response(std::string json, int status) {
    HttpResponse response;
    response.status = status;
    response.content_type = "application/json";
    response.body = std::make_shared<const std::string>(std::move(json));
    return response;
}

HttpResponse empty_response() {
    HttpResponse response;
    response.status = 204;
    return response;
}

HttpResponse with_etag(HttpResponse response, const HttpRequest& request) {
    if (!response.body) return response;
    response.with("Cache-Control", "private, no-cache");
    const std::string tag = fmt::format("\"{}\"", digest_of(*response.body).substr(0, 32));
    if (request.header("if-none-match") == tag) {
        HttpResponse unchanged;
        unchanged.status = 304;
        unchanged.with("ETag", tag).with("Cache-Control", "private, no-cache");
        return unchanged;
    }
    response.with("ETag", tag);
    return response;
}

std::optional<std::string> state_named(const HttpRequest& request) {
    std::string_view tag = request.header("if-match");
    if (tag.empty()) return std::nullopt;
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"') {
        tag = tag.substr(1, tag.size() - 2);
    }
    return std::string(tag);
}

HttpResponse download(std::string bytes, std::string content_type, std::string_view file_name) {
    HttpResponse response;
    response.content_type = std::move(content_type);
    response.body = std::make_shared<const std::string>(std::move(bytes));
    std::string safe;
    for (const char c : file_name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
        safe.push_back(plain ? c : '_');
    }
    response.with("Content-Disposition", fmt::format("attachment; filename=\"{}\"", safe));
    return response;
}

}  // namespace purse
