#include "population/list_file.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "organisation/published_table.hpp"

namespace purse {

namespace {

using Place = std::optional<std::size_t>;
constexpr std::string_view registered = "Number of Registered Patients (Last Known Figure)";
constexpr std::string_view weighted = "Number of Weighted Patients (Last Known Figure)";

Patients patients(PublishedRow& row, Place place) {
    auto parsed = parse_patients(row.text(place));
    if (parsed) return *parsed;
    row.refuse(place, parsed.problem().says);
    return {};
}

AgeBand ages(PublishedRow& row, Place place) {
    auto parsed = parse_age_band(row.text(place));
    if (parsed) return *parsed;
    row.refuse(place, parsed.problem().says);
    return {};
}

char sex(PublishedRow& row, Place place) {
    const std::string& text = row.text(place);
    for (const std::string_view whole : {"ALL", "MALE", "FEMALE"}) {
        const bool same = std::ranges::equal(text, whole, [](char a, char b) {
            return (a >= 'a' && a <= 'z' ? static_cast<char>(a - 'a' + 'A') : a) == b;
        });
        if (same || text == whole.substr(0, 1)) return whole[0];
    }
    row.refuse(place, fmt::format("'{}' is not a sex here: write ALL, MALE or FEMALE", text));
    return 'A';
}

class ListReader {
  public:
    ListReader(PublishedTable published, Date as_at)
        : table_(std::move(published.table)), as_at_(as_at) {
        file_.file = table_.file;
        file_.rows = table_.rows.size() + published.unread.size();
        file_.unread = std::move(published.unread);
    }

    Result<ListFile> read() {
        if (has_all(table_, {"SEX", "NUMBER_OF_PATIENTS"}) && code() && age()) {
            each_row(ListLayout::extract, [this](PublishedRow& row) { extract(row); });
        } else if (has_all(table_, {"Practice Code", registered, weighted})) {
            each_row(ListLayout::payments, [this](PublishedRow& row) { payments(row); });
        } else if (has_all(table_, {"practice", "age_band", "sex", "patients"})) {
            each_row(ListLayout::plain, [this](PublishedRow& row) { plain(row); });
        } else if (has_all(table_, {"PRACTICE_CODE", "TOTAL"})) {
            each_row(ListLayout::banded, [this](PublishedRow& row) { banded(row); });
        } else {
            return unknown_layout();
        }
        compare_totals();
        std::ranges::sort(file_.unread, {}, &UnreadRow::line);
        return std::move(file_);
    }

  private:
    [[nodiscard]] Place at(std::string_view heading) const { return place_of(table_, {heading}); }
    [[nodiscard]] Place code() const { return place_of(table_, {"ORG_CODE", "CODE"}); }
    [[nodiscard]] Place age() const { return place_of(table_, {"AGE_GROUP_5", "AGE"}); }

    [[nodiscard]] Problem unknown_layout() const {
        return bad_input(fmt::format(
            "{}, line 1: the columns are of no list size file that Purse knows. A file must have "
            "all the columns of one of these:\n  {}: CODE or ORG_CODE, SEX, AGE or AGE_GROUP_5, "
            "NUMBER_OF_PATIENTS\n  {}: PRACTICE_CODE, TOTAL and a column for each band (0_64, 65+)"
            "\n  {}: Practice Code, {}, {}\n  {}: practice, age_band, sex, patients",
            table_.file, in_words(ListLayout::extract), in_words(ListLayout::banded),
            in_words(ListLayout::payments), registered, weighted, in_words(ListLayout::plain)));
    }

    template <class Read>
    void each_row(ListLayout layout, Read read) {
        file_.layout = layout;
        find_columns();
        for (const TextTable::Row& cells : table_.rows) {
            PublishedRow row(table_, cells);
            read(row);
            if (row.fault()) file_.unread.push_back(*row.fault());
        }
    }

    void find_columns() {
        type_ = place_of(table_, {"ORG_TYPE", "TYPE"});
        day_ = at("EXTRACT_DATE");
        code_ = code();
        age_ = age();
        sex_ = at("SEX");
        number_ = at("NUMBER_OF_PATIENTS");
        for (std::size_t i = 0; i < table_.headings.size(); ++i) {
            const std::string& heading = table_.headings[i];
            if (heading == "TOTAL" || heading == "Total") bands_.emplace_back(i, AgeBand());
            const auto band = parse_age_band(heading);
            if (band) bands_.emplace_back(i, *band);
        }
    }

    void extract(PublishedRow& row) {
        if (type_ && row.text(type_) != "GP") {
            return pass_over(file_.passed_over, "a total of another organisation than a practice");
        }
        const auto day = row.date(day_);
        add(row, {row.code<PracticeCode>(code_), as_at_, sex(row, sex_), ages(row, age_),
                  patients(row, number_)});
        if (row.good() && day && !file_.day_in_file) file_.day_in_file = day;
    }

    void payments(PublishedRow& row) {
        const auto practice = row.code<PracticeCode>(at("Practice Code"));
        const ListSize all{practice, as_at_, 'A', AgeBand(), patients(row, at(registered))};
        const WeightedList list{practice, as_at_, patients(row, at(weighted))};
        add(row, all);
        if (row.good()) file_.weighted.push_back(list);
    }

    void plain(PublishedRow& row) {
        const ListSize size{row.code<PracticeCode>(at("practice")), as_at_, sex(row, at("sex")),
                            ages(row, at("age_band")), patients(row, at("patients"))};
        const Place place = at("weighted_patients");
        const bool has_weighted = !row.text(place).empty();
        const WeightedList list{size.practice, as_at_,
                                has_weighted ? patients(row, place) : Patients()};
        if (has_weighted && (size.sex != 'A' || !size.ages.all_ages())) {
            row.refuse(place, "weighted patients stand on the row for all ages and both sexes");
        }
        add(row, size);
        if (row.good() && has_weighted) file_.weighted.push_back(list);
    }

    void banded(PublishedRow& row) {
        const auto practice = row.code<PracticeCode>(at("PRACTICE_CODE"));
        std::vector<ListSize> sizes;
        for (const auto& [place, band] : bands_) {
            sizes.push_back({practice, as_at_, 'A', band, patients(row, place)});
        }
        if (!row.good()) return;
        for (const ListSize& size : sizes) {
            if (row.good()) add(row, size);
        }
    }

    // A size is taken once: the same practice, sex and ages again are a fault.
    void add(PublishedRow& row, const ListSize& size) {
        if (!row.good()) return;
        const auto [first, is_new] =
            lines_.emplace(std::tuple(size.practice, size.sex, size.ages), row.line());
        if (is_new) return file_.sizes.push_back(size);
        row.refuse(
            std::nullopt,
            fmt::format("{} has the list of this sex and these ages ({}) on line {} already: "
                        "keep one of the two",
                        size.practice.text(), to_text(size.ages), first->second));
    }

    void compare_totals() {
        std::map<PracticeCode, std::vector<ListSize>> by_practice;
        for (const ListSize& size : file_.sizes) by_practice[size.practice].push_back(size);
        for (const auto& [practice, bands] : by_practice) {
            for (const char one : {'A', 'M', 'F'}) {
                compare(practice, published_total(bands, one), sum_of_partition(bands, one),
                        one == 'A'   ? "both sexes"
                        : one == 'M' ? "men"
                                     : "women");
            }
            const auto all = published_total(bands, 'A');
            std::vector<ListSize> by_sex;
            std::ranges::copy_if(bands, std::back_inserter(by_sex),
                                 [](const ListSize& size) { return size.sex != 'A'; });
            compare(practice, all, total_of(by_sex), "men and women together");
        }
    }

    void compare(PracticeCode practice, std::optional<Patients> published,
                 std::optional<Patients> sum, std::string_view whose) {
        if (!published || !sum || *published == *sum) return;
        file_.disagreements.push_back(
            fmt::format("{}: the list of {} is published as {} and its parts add up to {}",
                        practice.text(), whose, to_text(*published), to_text(*sum)));
    }

    TextTable table_;
    Date as_at_;
    ListFile file_;
    Place type_, day_, code_, age_, sex_, number_;
    std::vector<std::pair<std::size_t, AgeBand>> bands_;
    std::map<std::tuple<PracticeCode, char, AgeBand>, std::uint64_t> lines_;
};

}  // namespace

std::string_view in_words(ListLayout layout) {
    switch (layout) {
        case ListLayout::extract:
            return "patients registered at a GP practice";
        case ListLayout::banded:
            return "patients by age band, a column a band";
        case ListLayout::payments:
            return "NHS payments to general practice";
        case ListLayout::plain:
            return "list sizes (Purse)";
    }
    CHECK(false);
}

Result<ListFile> read_lists(const std::filesystem::path& file, Date as_at) {
    auto table = read_published_table(file);
    if (!table) return table.problem();
    return ListReader(std::move(table).value(), as_at).read();
}

Result<ListFile> read_lists_text(std::string text, std::string name, Date as_at) {
    auto table = read_published_table_text(std::move(text), std::move(name));
    if (!table) return table.problem();
    return ListReader(std::move(table).value(), as_at).read();
}

}  // namespace purse
