"""A file in which tasks note how far they came."""


def note(path, line):
    with open(path, "a", encoding="utf-8") as file:
        file.write(line)
