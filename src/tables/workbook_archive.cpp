#include "tables/workbook_archive.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <vector>

namespace purse {
namespace {

struct CloseEntry {
    void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};

// A part's bytes; empty text and not found when the archive has none of that name.
Result<std::string> read_part(zip_t* archive, const std::string& name, Allowance& allowance) {
    zip_stat_t stat;
    if (zip_stat(archive, name.c_str(), 0, &stat) != 0)
        return not_found(fmt::format("the workbook lacks its part '{}'", name));
    const std::unique_ptr<zip_file_t, CloseEntry> entry(zip_fopen_index(archive, stat.index, 0));
    if (!entry)
        return bad_input(fmt::format(
            "the workbook's part '{}' cannot be unpacked (damaged, or locked with a password)",
            name));
    std::string bytes;
    std::vector<char> buffer(std::size_t{1} << 18);
    for (;;) {
        const zip_int64_t got = zip_fread(entry.get(), buffer.data(), buffer.size());
        if (got < 0) return bad_input(fmt::format("the workbook's part '{}' is damaged", name));
        if (got == 0) return bytes;
        const auto count = static_cast<std::size_t>(got);
        if (bytes.size() + count > largest_part || !spend(allowance.inflated, count))
            return too_large();
        bytes.append(buffer.data(), count);
    }
}

}  // namespace

void CloseArchive::operator()(zip_t* archive) const { zip_discard(archive); }

bool spend(std::size_t& allowance, std::size_t amount) {
    if (amount > allowance) return false;
    allowance -= amount;
    return true;
}

Problem too_large() {
    return bad_input(
        "the workbook is too large to be read: it unpacks to more cells or text than any price "
        "list or register holds; save the sheets that are needed as a new workbook");
}

Result<Archive> open_archive(std::string_view bytes) {
    if (bytes.substr(0, 4) == "\xD0\xCF\x11\xE0")
        return bad_input(
            "this is an old .xls workbook or one locked with a password; save it as .xlsx without "
            "a password");
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
    zip_error_fini(&error);
    if (archive == nullptr) {
        if (source != nullptr) zip_source_free(source);
        return bad_input("this is not a workbook: an .xlsx file is expected");
    }
    return Archive(archive);
}

Result<std::unique_ptr<Part>> read_xml(zip_t* archive, const std::string& name,
                                       Allowance& allowance) {
    auto bytes = read_part(archive, name, allowance);
    if (!bytes) return bytes.problem();
    auto part = std::make_unique<Part>();
    part->bytes = std::move(bytes).value();
    const auto tags = std::count(part->bytes.begin(), part->bytes.end(), '<');
    if (!spend(allowance.tags, static_cast<std::size_t>(tags))) return too_large();
    const auto parsed = part->document.load_buffer_inplace(
        part->bytes.data(), part->bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
    if (!parsed)
        return bad_input(fmt::format("the workbook's part '{}' is no well-formed XML (byte {}): {}",
                                     name, parsed.offset, parsed.description()));
    return part;
}

}  // namespace purse
