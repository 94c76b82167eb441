#include "render/html_page.hpp"

#include <fmt/format.h>

#include "render/wording.hpp"

namespace purse {

namespace {

// Figures align on the right.
constexpr std::string_view page_style = R"(
body{font:16px/1.5 Arial,Helvetica,sans-serif;color:#212b32;margin:0 auto;max-width:72rem;padding:1rem}
h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.15rem;margin:1.5rem 0 .5rem}
.says{border-left:8px solid #005eb8;background:#f0f4f5;padding:.75rem 1rem;font-size:1.15rem}
.says p{margin:.25rem 0}.quiet{color:#4c6272;font-size:.9rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.35rem .6rem;border-bottom:1px solid #d8dde0;text-align:right;white-space:nowrap}
th:first-child,td:first-child{text-align:left;white-space:normal;min-width:13rem}
thead th{vertical-align:bottom;white-space:normal;border-bottom:2px solid #4c6272}
tr.below td:first-child{padding-left:2rem}tr.below{font-size:.93rem}
tr.total{font-weight:bold;border-top:2px solid #212b32}th.text,td.text{text-align:left;white-space:normal}
a{color:#005eb8}a:focus{background:#ffeb3b;outline:3px solid #212b32}
@page{size:A4;margin:14mm;@bottom-right{content:counter(page) " of " counter(pages);font:9px Arial,sans-serif;color:#4c6272}}
@media print{body{max-width:none;padding:0;font-size:11px}.says{font-size:13px}.scroll{overflow:visible}
tr,figure,.says{break-inside:avoid}h2,h3{break-after:avoid}thead{display:table-header-group}}
)";
constexpr std::string_view sideways_style = "@page{size:A4 landscape;margin:10mm}\n";

}  // namespace

std::string html_page(const std::string& title, const std::string& body, const PageLook& look) {
    const bool on_its_side = look.paper == Paper::on_its_side;
    const std::string created =
        look.created.empty()
            ? ""
            : fmt::format("<meta name=\"dcterms.created\" content=\"{}\"/>", look.created);
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"/>\n"
        "<title>{}</title>{}<style>{}{}{}</style></head>\n<body><main{}>\n{}</main></body></"
        "html>\n",
        escaped_html(title), created, page_style, on_its_side ? sideways_style : "", look.style,
        on_its_side ? " class=\"landscape\"" : "", body);
}

std::string html_cell(const std::string& text, std::string_view class_of) {
    return fmt::format("<td{}>{}</td>",
                       class_of.empty() ? "" : fmt::format(" class=\"{}\"", class_of),
                       escaped_html(text));
}

}  // namespace purse
