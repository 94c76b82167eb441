// No entries of the trail: the requests themselves put theirs there.
#include "register/state.hpp"

namespace purse {

std::optional<KeptAnswer> Register::begin_kept(const KeptAnswer& begun,
                                               const std::string& forget_before) {
    return state_->store.write(
        "begin a request", [&](Session& session) -> std::optional<KeptAnswer> {
            session.run("delete from kept_answer where begun_at < ?", {forget_before});
            const auto row = session.row(
                "select key_digest, request_digest, server, begun_at, answer from kept_answer"
                " where key_digest = ?",
                "ttttt", {begun.key_hash});
            if (row) {
                return KeptAnswer{text_in(*row, 0), text_in(*row, 1), text_in(*row, 2),
                                  text_in(*row, 3), text_in(*row, 4)};
            }
            session.run(
                "insert into kept_answer (key_digest, request_digest, server, begun_at, answer)"
                " values (?, ?, ?, ?, '')",
                {begun.key_hash, begun.request_hash, begun.server, begun.begun_at});
            return std::nullopt;
        });
}

void Register::finish_kept(const std::string& key_hash, const std::string& answer) {
    state_->store.write("keep an answer", [&](Session& session) {
        session.run("update kept_answer set answer = ? where key_digest = ?", {answer, key_hash});
    });
}

void Register::forget_kept(const std::string& key_hash) {
    state_->store.write("forget a request", [&](Session& session) {
        session.run("delete from kept_answer where key_digest = ?", {key_hash});
    });
}

}  // namespace purse
