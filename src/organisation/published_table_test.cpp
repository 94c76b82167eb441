#include "organisation/published_table.hpp"

#include <gtest/gtest.h>

namespace purse {
namespace {

TEST(PublishedTable, leaves_out_a_spoilt_record_and_reads_the_others) {
    const auto read =
        read_published_table_text("a,b,\n1,2,3\n1,2,3,4\n\n,,\n1,\"2\n5,6\n", "x.csv");
    ASSERT_TRUE(read.ok());
    ASSERT_EQ(read->table.rows.size(), 2u);
    EXPECT_EQ(read->table.rows[0].cells[2], "3") << "a blank heading counts";
    EXPECT_EQ(read->table.rows[1].cells[0], "5");
    EXPECT_EQ(read->table.rows[1].cells.size(), 3u) << "short rows are padded";
    ASSERT_EQ(read->unread.size(), 2u);
    EXPECT_EQ(read->unread[0].line, 3u);
    EXPECT_EQ(read->unread[1].line, 6u);
}

TEST(PublishedTable, is_refused_when_there_is_nothing_to_read) {
    EXPECT_FALSE(read_published_table_text("", "x.csv").ok());
    EXPECT_FALSE(read_published_table_text(std::string("PK\0\1", 4), "x.csv").ok());
    EXPECT_FALSE(read_published_table_text("\"a,b\n", "x.csv").ok());
    EXPECT_FALSE(read_published_table("/nowhere/x.csv").ok());
}

}  // namespace
}  // namespace purse
