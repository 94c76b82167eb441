#include "intake/layout.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "intake/field.hpp"
#include "support/intake_files.hpp"
#include "support/shared_data.hpp"

namespace purse {
namespace {

using testing::shared_folder;
using testing::shipped_layouts;

std::vector<std::string> headings_in(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::vector<std::string> headings;
    for (std::string line; std::getline(in, line);) {
        if (!line.empty()) headings.push_back(line);
    }
    return headings;
}

struct PublishedHeading {
    const char* file;
    DataSet set;
    const char* layout;
    std::size_t columns;
    std::size_t most_absent;  // fields of the layout that these headings do not have
};

class Published : public ::testing::TestWithParam<PublishedHeading> {};

TEST_P(Published, is_recognised_and_read) {
    PURSE_NEEDS_SHARED("data/codes");
    const auto headings = headings_in(shared_folder() / "data/codes" / GetParam().file);
    EXPECT_EQ(headings.size(), GetParam().columns);
    const auto layout = recognise(shipped_layouts(), GetParam().set, headings);
    ASSERT_TRUE(layout.ok()) << layout.problem().says;
    EXPECT_EQ(layout->name, GetParam().layout);
    auto context = testing::test_context(GetParam().set);
    context.want_given = true;
    const auto intake = Intake::prepare(*layout, headings, context);
    ASSERT_TRUE(intake.ok()) << intake.problem().says;
    EXPECT_LE(intake->absent_fields().size(), GetParam().most_absent)
        << intake->absent_fields().front();
}

const PublishedHeading published[] = {
    {"sus_classic_apc.columns.txt", DataSet::admitted_care, "sus_classic_apc", 214, 0},
    {"sus_classic_op.columns.txt", DataSet::outpatients, "sus_classic_op", 148, 0},
    {"sus_classic_ae.columns.txt", DataSet::emergency, "sus_classic_ae", 134, 0},
    {"sus_unified_apc_spell.columns.txt", DataSet::admitted_care, "sus_unified_apc_spell", 195, 12},
    {"sus_unified_apc_spell_episodes.columns.txt", DataSet::admitted_care,
     "sus_unified_apc_episodes", 186, 5},
    {"sus_unified_op_appointment.columns.txt", DataSet::outpatients, "sus_unified_op", 188, 2},
    {"sus_unified_ae_emergency_care.columns.txt", DataSet::emergency, "sus_unified_ae", 223, 2},
};
INSTANTIATE_TEST_SUITE_P(Headings, Published, ::testing::ValuesIn(published),
                         [](const auto& each) { return std::string(each.param.layout); });

TEST(Layouts, recognise_the_published_files) {
    PURSE_NEEDS_SHARED("data/synthetic_records");
    PURSE_NEEDS_SHARED("data/prescribing");
    const std::tuple<const char*, DataSet, const char*> files[] = {
        {"data/synthetic_records/artificial_hes_apc_0102_sample.csv", DataSet::admitted_care,
         "hes_apc"},
        {"data/synthetic_records/artificial_hes_op_0304_sample.csv", DataSet::outpatients,
         "hes_op"},
        {"data/synthetic_records/artificial_hes_ae_0708_sample.csv", DataSet::emergency, "hes_ae"},
        {"data/prescribing/epd_201709_fixture.csv", DataSet::prescribing, "epd"},
        {"data/prescribing/hscic_pdpi_format_sample_2014.csv", DataSet::prescribing, "pdpi"},
    };
    for (const auto& [name, set, layout] : files) {
        const auto file = testing::test_file(FileBytes::open(shared_folder() / name).value());
        const auto found = recognise(shipped_layouts(), set, file.headings);
        ASSERT_TRUE(found.ok()) << found.problem().says;
        EXPECT_EQ(found->name, layout);
    }
}

TEST(Layouts, plain_headings_may_stand_in_any_order_and_case) {
    const auto layout = recognise(shipped_layouts(), DataSet::outpatients,
                                  {"Attended", "FIRST ATTENDANCE", "anything", "treatment_function",
                                   "Provider", "RecordID", "appointment_date"});
    ASSERT_TRUE(layout.ok()) << layout.problem().says;
    EXPECT_EQ(layout->name, "purse_op");
}

TEST(Layouts, name_the_nearest_and_what_it_misses) {
    const auto layout =
        recognise(shipped_layouts(), DataSet::outpatients,
                  {"record_id", "provider", "appointment_date", "attended", "first_attendance"});
    ASSERT_FALSE(layout.ok());
    EXPECT_NE(layout.problem().says.find("'purse_op'"), std::string::npos);
    EXPECT_NE(layout.problem().says.find("missing: treatment_function"), std::string::npos);
    EXPECT_FALSE(recognise(shipped_layouts(), DataSet::emergency, {"a", "b"}).ok());
    EXPECT_FALSE(recognise(shipped_layouts(), DataSet::emergency, {}).ok());
}

TEST(Layouts, two_that_fit_alike_must_be_named) {
    auto layouts = shipped_layouts();
    auto copy = layout_named(layouts, "purse_ae").value();
    copy.name = "another";
    layouts.push_back(copy);
    const auto layout =
        recognise(layouts, DataSet::emergency,
                  {"record_id", "provider", "arrival_date", "department_type", "hrg"});
    ASSERT_FALSE(layout.ok());
    EXPECT_NE(layout.problem().says.find("alike"), std::string::npos);
}

TEST(Layouts, every_field_of_every_data_set_is_in_the_plain_layout_or_explained) {
    for (const Layout& layout : shipped_layouts()) {
        EXPECT_FALSE(layout.source.empty()) << layout.name;
        for (const auto& [field, ending] : layout.drop_ending) {
            EXPECT_TRUE(input_field_index(layout.set, field)) << layout.name << " " << field;
        }
        for (const CodeTranslation& codes : layout.translations) {
            EXPECT_TRUE(input_field_index(layout.set, codes.field)) << layout.name;
        }
    }
    for (const DataSet set : all_data_sets) {
        const auto plain =
            layout_named(shipped_layouts(), "purse_" + std::string(short_name(set))).value();
        for (const InputField& field : input_fields(set)) {
            EXPECT_TRUE(std::any_of(plain.fields.begin(), plain.fields.end(),
                                    [&](const LayoutField& at) { return at.field == field.name; }))
                << field.name;
        }
    }
}

TEST(Layouts, expand_numbered_columns) {
    EXPECT_EQ(expanded_columns("D_{09..11}"), (std::vector<std::string>{"D_09", "D_10", "D_11"}));
    EXPECT_EQ(expanded_columns("DIAG"), std::vector<std::string>{"DIAG"});
    EXPECT_EQ(expanded_columns("D{a..b}"), std::vector<std::string>{"D{a..b}"});
}

TEST(Layouts, a_users_own_layout_is_refused_with_the_reason) {
    const std::pair<const char*, const char*> wrong[] = {
        {"x = [", "line 1"},
        {"title = 'no name'", "no name"},
        {"name = 'x'\ndata_set = 'dental'", "dental"},
        {"name = 'x'\ndata_set = 'ae'", "recognise"},
        {"name = 'x'\ndata_set = 'ae'\nrecognise = ['a']", "no [columns]"},
        {"name = 'x'\ndata_set = 'ae'\nrecognise = ['a']\n[columns]\nshoe_size = 'a'", "shoe_size"},
        {"name = 'x'\ndata_set = 'ae'\nrecognise = ['a']\n[columns]\nage = { list = ['a'] }",
         "no list"},
        {"name = 'x'\ndata_set = 'ae'\nrecognise = ['a']\ndates = ['soon']", "soon"},
    };
    for (const auto& [text, says] : wrong) {
        const auto layout = read_layout_text(text, "mine.toml");
        ASSERT_FALSE(layout.ok()) << text;
        EXPECT_NE(layout.problem().says.find(says), std::string::npos) << layout.problem().says;
        EXPECT_NE(layout.problem().says.find("mine.toml"), std::string::npos);
    }
}

}  // namespace
}  // namespace purse
