#include "api/json_body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <set>

namespace purse {

namespace json = boost::json;

struct JsonBody::Fields {
    json::object object;
    std::set<std::string> asked;
    std::optional<Problem> fault;

    void refuse(std::string says) {
        if (!fault) fault = bad_input(std::move(says));
    }
    const json::value* find(const std::string& field) {
        asked.insert(field);
        const json::value* value = object.if_contains(field);
        return value == nullptr || value->is_null() ? nullptr : value;
    }
};

JsonBody::JsonBody(std::unique_ptr<Fields> fields) : fields_(std::move(fields)) {}
JsonBody::~JsonBody() = default;
JsonBody::JsonBody(JsonBody&&) noexcept = default;
JsonBody& JsonBody::operator=(JsonBody&&) noexcept = default;

Result<JsonBody> JsonBody::parse(std::string_view text) {
    json::parse_options options;
    options.max_depth = 16;
    json::error_code fault;
    const json::value value = json::parse(text, fault, {}, options);
    if (fault || !value.is_object()) {
        return bad_input("the body is not a JSON object of UTF-8 text, at most 16 levels deep");
    }
    auto fields = std::make_unique<Fields>();
    fields->object = value.get_object();
    return JsonBody(std::move(fields));
}

std::string JsonBody::text(const std::string& field, std::size_t longest, bool needed) {
    const json::value* value = fields_->find(field);
    if (value == nullptr) {
        if (needed) fields_->refuse(fmt::format("the field '{}' is missing", field));
        return {};
    }
    if (!value->is_string()) {
        fields_->refuse(fmt::format("the field '{}' is not a text", field));
        return {};
    }
    std::string given(value->get_string());
    const auto characters = std::ranges::count_if(
        given, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    if (static_cast<std::size_t>(characters) > longest) {
        fields_->refuse(fmt::format("the field '{}' is longer than {} characters", field, longest));
    }
    if (needed && given.empty()) fields_->refuse(fmt::format("the field '{}' is empty", field));
    if (given.find('\0') != std::string::npos) {
        fields_->refuse(fmt::format("the field '{}' holds a NUL character", field));
    }
    return given;
}

std::optional<bool> JsonBody::flag(const std::string& field) {
    const json::value* value = fields_->find(field);
    if (value == nullptr) return std::nullopt;
    if (value->is_bool()) return value->get_bool();
    fields_->refuse(fmt::format("the field '{}' is neither true nor false", field));
    return std::nullopt;
}

bool JsonBody::has(const std::string& field) const { return fields_->object.contains(field); }

Outcome JsonBody::done() const {
    if (fields_->fault) return *fields_->fault;
    for (const auto& [name, value] : fields_->object) {
        if (!fields_->asked.contains(std::string(name))) {
            return bad_input(fmt::format("there is no field '{}'", std::string_view(name)));
        }
    }
    return Nothing{};
}

}  // namespace purse
