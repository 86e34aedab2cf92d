package dev.halfwave.onnx.file;

/** Keeps messages readable that repeat what stands in a file, which may be a text or a list of any length. */
public final class Brief {
    private static final int LONGEST = 2000;

    private Brief() {}

    /** The text, or its beginning. */
    public static String of(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
