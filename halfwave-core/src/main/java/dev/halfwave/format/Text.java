package dev.halfwave.format;

/** Text from files: whether it is any, and how it looks in a message. */
final class Text {
    private static final int LONGEST = 80;

    private Text() {}

    /** Whether all surrogates come in pairs; half of a pair is no text and cannot be written as UTF-8. */
    static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    /** The text in double quotes on one line; control characters become '?', and what exceeds 80 characters '…'. */
    static String quoted(String text) {
        String head = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        StringBuilder line = new StringBuilder("\"");
        head.codePoints().forEach(c -> line.appendCodePoint(isPlain(c) ? c : '?'));
        return line.append('"').toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
