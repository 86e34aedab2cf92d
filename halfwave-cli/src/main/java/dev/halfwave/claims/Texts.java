package dev.halfwave.claims;

import java.util.Locale;

/** Writes numbers into sentences, the same in every country. */
final class Texts {
    private Texts() {}

    static String format(String sentence, Object... numbers) {
        return String.format(Locale.ROOT, sentence, numbers);
    }
}
