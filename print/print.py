"""Prints pages of Purse: their HTML on stdin, a zero byte between them; on stdout a tagged PDF
(PDF/UA-1) of each, after its length in bytes as eight bytes, the highest first.

print.py FOLDER: the folder that holds the package typst. Without Liberation's fonts (Debian's
fonts-liberation) whatever the machine has is used, and the same page may look different elsewhere.
"""

import os
import sys

sys.path.insert(0, sys.argv[1])
import typst  # noqa: E402

LIBERATION = "/usr/share/fonts/truetype/liberation"


def compiler():
    has_liberation = os.path.isdir(LIBERATION)
    return typst.Compiler(
        input=os.path.join(os.path.dirname(os.path.abspath(__file__)), "page.typ"),
        font_paths=[LIBERATION] if has_liberation else [],
        ignore_system_fonts=has_liberation,
    )


def main():
    printer = compiler()
    for html in sys.stdin.buffer.read().decode("utf-8").split("\0"):
        # Typst reads the page as XML: HTML is, but for its first line.
        page = html.removeprefix("<!DOCTYPE html>\n")
        try:
            pdf = printer.compile(format="pdf", pdf_standards="ua-1", sys_inputs={"page": page})
        except typst.TypstError as problem:
            sys.exit(f"{problem.message}\n{problem.diagnostic}")
        sys.stdout.buffer.write(len(pdf).to_bytes(8, "big"))
        sys.stdout.buffer.write(pdf)


main()
