#include "rulebook/heading.hpp"

#include <fmt/format.h>

#include <charconv>

namespace purse {
namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";

bool digit(char c) { return c >= '0' && c <= '9'; }
bool upper(char c) { return c >= 'A' && c <= 'Z'; }
bool lower(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (upper(c)) out.push_back(static_cast<char>(c - 'A' + 'a'));
        if (lower(c) || digit(c) || c == '=' || c == '<' || c == '>') out.push_back(c);
    }
    return out;
}

std::string tidy(std::string_view text) {
    std::string out;
    bool blank = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool wide_blank = text.substr(i, 2) == no_break_space;
        if (wide_blank) ++i;
        if (wide_blank || text[i] == ' ' || text[i] == '\n' || text[i] == '\r' || text[i] == '\t') {
            blank = true;
            continue;
        }
        if (blank && !out.empty()) out.push_back(' ');
        blank = false;
        out.push_back(text[i]);
    }
    return out;
}

std::optional<Hrg> hrg_of(std::string_view cell) {
    std::string code = tidy(cell);
    std::erase(code, '*');
    code = tidy(code);
    if (code.size() != 5 || !upper(code[0]) || !upper(code[1]) || !digit(code[2]) ||
        !digit(code[3]) || !upper(code[4]))
        return std::nullopt;
    return Hrg(code);
}

std::optional<TreatmentFunction> treatment_function_of(std::string_view cell) {
    std::string code = tidy(cell);
    std::erase(code, '*');
    if (code.ends_with(".0")) code.resize(code.size() - 2);
    if (code.size() != 3 || !digit(code[0]) || !digit(code[1]) || !digit(code[2]))
        return std::nullopt;
    return TreatmentFunction(code);
}

bool is_absent(std::string_view cell) {
    const std::string text = plain(cell);
    return text.empty() || text == "na";
}

bool is_number(std::string_view cell) {
    const std::string text = tidy(cell);
    return !text.empty() && digit(text.front()) && parse_factor(text).ok();
}

Result<std::optional<Pence>> price_of(std::string_view cell) {
    if (is_absent(cell)) return std::optional<Pence>();
    const auto pounds = parse_factor(tidy(cell));
    if (!pounds || pounds->millionths() < 0)
        return bad_input(fmt::format("'{}' is no price in pounds", tidy(cell)));
    return std::optional(Pence(divided(pounds->millionths(), 10'000, Rounding::half_up)));
}

Result<std::optional<int>> days_of(std::string_view cell) {
    if (is_absent(cell)) return std::optional<int>();
    const auto days = parse_factor(tidy(cell));
    if (!days || days->millionths() < 0 || days->millionths() % Factor::one != 0 ||
        days->millionths() > 9999 * Factor::one)
        return bad_input(fmt::format("'{}' is no number of days", tidy(cell)));
    return std::optional(static_cast<int>(days->millionths() / Factor::one));
}

Result<std::optional<Factor>> share_of(std::string_view cell) {
    if (is_absent(cell)) return std::optional<Factor>();
    const auto share = parse_factor(tidy(cell));
    if (!share || share->millionths() < 0)
        return bad_input(fmt::format("'{}' is no share or factor", tidy(cell)));
    return std::optional(*share);
}

}  // namespace purse
