#include "intake/layout_toml.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace purse {

Problem wrong_layout(const std::string& file, std::string_view what) {
    return bad_input(fmt::format("layout {}: {} (docs/layouts.md)", file, what));
}

std::vector<std::string> texts_of(const toml::node* node) {
    std::vector<std::string> texts;
    if (node == nullptr) return texts;
    if (const auto text = node->value<std::string>()) return {*text};
    if (const auto* array = node->as_array()) {
        for (const auto& item : *array) {
            if (const auto text = item.value<std::string>()) texts.push_back(*text);
        }
    }
    return texts;
}

Result<LayoutText> read_layout_toml(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return not_found(fmt::format("the layout file {} cannot be read", file.string()));
    std::stringstream text;
    text << in.rdbuf();
    return LayoutText{file.string(), text.str()};
}

Result<std::vector<LayoutText>> layout_texts_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
    if (files.empty()) {
        return not_found(fmt::format("there are no layouts in {}", folder.string()));
    }
    std::ranges::sort(files);
    std::vector<LayoutText> texts;
    for (const auto& file : files) {
        auto text = read_layout_toml(file);
        if (!text) return text.problem();
        texts.push_back(*std::move(text));
    }
    return texts;
}

}  // namespace purse
