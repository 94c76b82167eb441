#include "intake/layout.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <unordered_set>

namespace purse {

namespace {

using Keys = std::unordered_set<std::string>;

Keys keys_of(const std::vector<std::string>& headings) {
    Keys keys;
    for (const std::string& heading : headings) keys.insert(heading_key(heading));
    return keys;
}

std::vector<std::string> missing_from(const Layout& layout, const Keys& keys) {
    std::vector<std::string> missing;
    for (const std::string& heading : layout.recognise) {
        if (!keys.contains(heading_key(heading))) missing.push_back(heading);
    }
    return missing;
}

std::size_t columns_used(const Layout& layout, const Keys& keys) {
    std::size_t used = 0;
    for (const LayoutField& field : layout.fields) {
        for (const std::string& column : field.columns) used += keys.count(heading_key(column));
    }
    return used;
}

Problem no_layout(const std::vector<Layout>& layouts, DataSet set, const Keys& keys) {
    const Layout* nearest = nullptr;
    std::vector<std::string> least;
    for (const Layout& layout : layouts) {
        if (layout.set != set) continue;
        auto missing = missing_from(layout, keys);
        if (missing.size() == layout.recognise.size()) continue;
        const auto share = [](std::size_t part, const Layout& of) {
            return static_cast<double>(part) / static_cast<double>(of.recognise.size());
        };
        if (nearest == nullptr || share(missing.size(), layout) < share(least.size(), *nearest)) {
            nearest = &layout;
            least = std::move(missing);
        }
    }
    if (nearest == nullptr) {
        return bad_input(fmt::format(
            "the heading is that of no known layout for {}: the first line must name the columns "
            "(docs/layouts.md); name the layout, or write one for the file",
            in_words(set)));
    }
    return bad_input(fmt::format(
        "the heading is that of no known layout for {}; nearest is '{}' ({}), of which these "
        "columns are missing: {}. Add them, or give a layout file of your own",
        in_words(set), nearest->name, nearest->title, fmt::join(least, ", ")));
}

}  // namespace

std::string heading_key(std::string_view heading) {
    std::string key;
    for (const char c : heading) {
        if (c == ' ' || c == '_' || c == '\t' || c == '\r') continue;
        key.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    return key;
}

Result<Layout> recognise(const std::vector<Layout>& layouts, DataSet set,
                         const std::vector<std::string>& headings) {
    const Keys keys = keys_of(headings);
    std::vector<std::pair<std::pair<std::size_t, std::size_t>, const Layout*>> fitting;
    for (const Layout& layout : layouts) {
        if (layout.set != set || !missing_from(layout, keys).empty()) continue;
        fitting.push_back({{layout.recognise.size(), columns_used(layout, keys)}, &layout});
    }
    if (fitting.empty()) return no_layout(layouts, set, keys);
    std::stable_sort(fitting.begin(), fitting.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    if (fitting.size() > 1 && fitting[0].first == fitting[1].first) {
        return bad_input(fmt::format("the heading fits the layouts '{}' and '{}' alike: name one",
                                     fitting[0].second->name, fitting[1].second->name));
    }
    return *fitting.front().second;
}

Result<Layout> layout_named(const std::vector<Layout>& layouts, std::string_view name) {
    std::vector<std::string> names;
    for (const Layout& layout : layouts) {
        if (layout.name == name) return layout;
        names.push_back(layout.name);
    }
    return not_found(
        fmt::format("there is no layout '{}'; there are {}", name, fmt::join(names, ", ")));
}

}  // namespace purse
