#include "register/register.hpp"

#include "register/migrations.hpp"
#include "register/state.hpp"

namespace purse {

namespace {

// SQLite makes the file it is asked for; whether there should be one is for us to say.
Outcome file_stands(const RegisterAddress& address) {
    if (address.kind() == RegisterKind::sqlite && !std::filesystem::exists(address.file())) {
        return not_found("there is no register at " + address.printable() +
                         ": make a site with 'purse init', or give the right folder with --site");
    }
    return Nothing{};
}

Outcome folder_stands(const RegisterAddress& address) {
    if (address.kind() == RegisterKind::postgresql) return Nothing{};
    const auto folder = std::filesystem::absolute(address.file()).parent_path();
    if (std::filesystem::is_directory(folder)) return Nothing{};
    return not_found("the folder " + folder.string() + " for the register does not exist: make it");
}

}  // namespace

Register::Register(std::shared_ptr<State> state, Actor actor)
    : state_(std::move(state)), actor_(std::move(actor)) {}
Register::~Register() = default;
Register::Register(Register&&) noexcept = default;
Register& Register::operator=(Register&&) noexcept = default;

int Register::known_version() { return static_cast<int>(purse::migrations().size()); }

Register Register::acting_for(Actor actor) const { return Register(state_, std::move(actor)); }

const std::vector<std::string>& Register::migrations() const { return state_->migrations; }

namespace {

Result<std::vector<std::string>> made(Session& session, const RegisterAddress& address) {
    if (register_version(session) > 0) {
        return conflict("there is already a register at " + address.printable() +
                        ": use it, or choose another place");
    }
    if (!is_empty(session)) {
        return conflict("the database " + address.printable() +
                        " holds other tables: give the register a database of its own");
    }
    return migrate(session, Register::known_version());
}

Result<std::vector<std::string>> brought_up_to_date(Session& session,
                                                    const RegisterAddress& address) {
    if (register_version(session) == 0) {
        return not_found("the database " + address.printable() +
                         " holds no register: make a site with 'purse init'");
    }
    return migrate(session, Register::known_version());
}

}  // namespace

Result<Register> Register::create(const RegisterAddress& address) {
    if (const auto folder = folder_stands(address); !folder) return folder.problem();
    auto state = std::make_shared<State>(address);
    try {
        auto done = state->store.write("make its tables",
                                       [&](Session& session) { return made(session, address); });
        if (!done) return done.problem();
        state->migrations = std::move(done).value();
    } catch (const StoreFailure& failure) {
        return Problem{ProblemKind::unavailable, failure.what()};
    }
    return Register(std::move(state));
}

Result<Register> Register::open(const RegisterAddress& address) {
    if (const auto file = file_stands(address); !file) return file.problem();
    auto state = std::make_shared<State>(address);
    try {
        auto done = state->store.write(
            "be opened", [&](Session& session) { return brought_up_to_date(session, address); });
        if (!done) return done.problem();
        state->migrations = std::move(done).value();
    } catch (const StoreFailure& failure) {
        return Problem{ProblemKind::unavailable, failure.what()};
    }
    return Register(std::move(state));
}

void Register::set_setting(const std::string& key, const std::string& value) {
    state_->store.write("keep a setting", [&](Session& session) {
        session.run("delete from setting where name = ?", {key});
        session.run("insert into setting (name, content) values (?, ?)", {key, value});
        add_to_trail(session, actor_, {"change_setting", key, ""}, "");
    });
}

std::optional<std::string> Register::setting(const std::string& key) const {
    return state_->store.read("read a setting", [&](Session& session) {
        const auto row = session.row("select content from setting where name = ?", "t", {key});
        return row ? std::optional(text_in(*row, 0)) : std::nullopt;
    });
}

std::map<std::string, std::string> Register::settings() const {
    return state_->store.read("read its settings", [](Session& session) {
        std::map<std::string, std::string> all;
        for (const SqlRow& row : session.rows("select name, content from setting", "tt")) {
            all.emplace(text_in(row, 0), text_in(row, 1));
        }
        return all;
    });
}

}  // namespace purse
